using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Pricing.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "pricing");

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "pricing",
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

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                schema: "pricing",
                columns: table => new
                {
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => x.key);
                }
            );

            migrationBuilder.CreateTable(
                name: "promotion",
                schema: "pricing",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    group_key = table.Column<string>(type: "text", nullable: true),
                    pick = table.Column<int>(type: "integer", nullable: false),
                    alone = table.Column<bool>(type: "boolean", nullable: false),
                    needs_code = table.Column<bool>(type: "boolean", nullable: false),
                    is_advertised = table.Column<bool>(type: "boolean", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    conditions = table.Column<string>(type: "jsonb", nullable: true),
                    action = table.Column<string>(type: "jsonb", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promotion", x => x.id);
                    table.CheckConstraint("ck_promotion_ends_at", "ends_at > starts_at");
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_id",
                schema: "pricing",
                table: "audit_entry",
                columns: new[] { "actor_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_kind_subject_id_id",
                schema: "pricing",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "pricing",
                table: "idempotency_key",
                column: "created_at",
                filter: "created_at is not null"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit_entry", schema: "pricing");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "pricing");

            migrationBuilder.DropTable(name: "promotion", schema: "pricing");
        }
    }
}
