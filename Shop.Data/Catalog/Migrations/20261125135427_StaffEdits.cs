using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class StaffEdits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                schema: "catalog",
                table: "product_variant",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "media",
                schema: "catalog",
                table: "product",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                schema: "catalog",
                columns: table => new
                {
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => x.key);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "catalog",
                table: "idempotency_key",
                column: "created_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "idempotency_key", schema: "catalog");

            migrationBuilder.DropColumn(name: "retired_at", schema: "catalog", table: "product_variant");

            migrationBuilder.DropColumn(name: "media", schema: "catalog", table: "product");
        }
    }
}
