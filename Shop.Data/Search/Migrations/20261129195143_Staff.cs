using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Search.Migrations
{
    /// <inheritdoc />
    public partial class Staff : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "request_key",
                schema: "search",
                table: "engine_index",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "version",
                schema: "search",
                table: "engine_index",
                type: "integer",
                nullable: false,
                defaultValue: 1
            );

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "search",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: true),
                    after = table.Column<string>(type: "jsonb", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entry", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_engine_index_request_key",
                schema: "search",
                table: "engine_index",
                column: "request_key",
                unique: true,
                filter: "request_key is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_id",
                schema: "search",
                table: "audit_entry",
                columns: new[] { "actor_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_kind_subject_id_id",
                schema: "search",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id", "id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit_entry", schema: "search");

            migrationBuilder.DropIndex(
                name: "ix_engine_index_request_key",
                schema: "search",
                table: "engine_index"
            );

            migrationBuilder.DropColumn(name: "request_key", schema: "search", table: "engine_index");

            migrationBuilder.DropColumn(name: "version", schema: "search", table: "engine_index");
        }
    }
}
