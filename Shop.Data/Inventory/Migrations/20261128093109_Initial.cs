using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Shop.Data.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "inventory");

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "inventory",
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
                schema: "inventory",
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
                name: "inbox",
                schema: "inventory",
                columns: table => new
                {
                    sender = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.sender, x.message_id });
                }
            );

            migrationBuilder
                .CreateTable(
                    name: "local_message",
                    schema: "inventory",
                    columns: table => new
                    {
                        id = table
                            .Column<long>(type: "bigint", nullable: false)
                            .Annotation(
                                "Npgsql:ValueGenerationStrategy",
                                NpgsqlValueGenerationStrategy.IdentityAlwaysColumn
                            ),
                        topic = table.Column<string>(type: "text", nullable: false),
                        receiver = table.Column<string>(type: "text", nullable: false, collation: "C"),
                        key = table.Column<long>(type: "bigint", nullable: false),
                        payload = table.Column<string>(type: "jsonb", nullable: false),
                        status = table.Column<short>(
                            type: "smallint",
                            nullable: false,
                            defaultValue: (short)0
                        ),
                        attempts = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                        lease_owner = table.Column<string>(type: "text", nullable: true),
                        lease_until = table.Column<DateTimeOffset>(
                            type: "timestamp with time zone",
                            nullable: true
                        ),
                        next_attempt_at = table.Column<DateTimeOffset>(
                            type: "timestamp with time zone",
                            nullable: false
                        ),
                        last_error = table.Column<string>(type: "text", nullable: true),
                        traceparent = table.Column<string>(type: "text", nullable: true),
                        created_at = table.Column<DateTimeOffset>(
                            type: "timestamp with time zone",
                            nullable: false
                        ),
                        updated_at = table.Column<DateTimeOffset>(
                            type: "timestamp with time zone",
                            nullable: false
                        ),
                    },
                    constraints: table =>
                    {
                        table.PrimaryKey("pk_local_message", x => x.id);
                    }
                )
                .Annotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder.CreateTable(
                name: "stock",
                schema: "inventory",
                columns: table => new
                {
                    variant_id = table.Column<long>(type: "bigint", nullable: false),
                    opening = table.Column<int>(type: "integer", nullable: false),
                    available = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock", x => x.variant_id);
                    table.CheckConstraint("ck_stock_available", "available >= 0");
                }
            );

            migrationBuilder.CreateTable(
                name: "stock_movement",
                schema: "inventory",
                columns: table => new
                {
                    id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation(
                            "Npgsql:ValueGenerationStrategy",
                            NpgsqlValueGenerationStrategy.IdentityAlwaysColumn
                        ),
                    variant_id = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: true),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true
                    ),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    units = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_movement", x => new { x.variant_id, x.id });
                    table.CheckConstraint("ck_stock_movement_units", "units <> 0");
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_id",
                schema: "inventory",
                table: "audit_entry",
                columns: new[] { "actor_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_kind_subject_id_id",
                schema: "inventory",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "inventory",
                table: "idempotency_key",
                column: "created_at",
                filter: "created_at is not null"
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_inbox_taken_at",
                    schema: "inventory",
                    table: "inbox",
                    column: "taken_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "inventory",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_id",
                schema: "inventory",
                table: "local_message",
                columns: new[] { "receiver", "id" },
                filter: "status = 0"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_key_id",
                schema: "inventory",
                table: "local_message",
                columns: new[] { "receiver", "key", "id" },
                filter: "status <> 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_stock_movement_order_id_variant_id_kind",
                schema: "inventory",
                table: "stock_movement",
                columns: new[] { "order_id", "variant_id", "kind" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit_entry", schema: "inventory");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "inventory");

            migrationBuilder.DropTable(name: "inbox", schema: "inventory");

            migrationBuilder.DropTable(name: "local_message", schema: "inventory");

            migrationBuilder.DropTable(name: "stock", schema: "inventory");

            migrationBuilder.DropTable(name: "stock_movement", schema: "inventory");
        }
    }
}
