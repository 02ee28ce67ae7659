using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Shop.Data.Pricing.Migrations
{
    /// <inheritdoc />
    public partial class Limits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "keeps_uses_of_cancelled",
                schema: "pricing",
                table: "promotion",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "limits",
                schema: "pricing",
                table: "promotion",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]"
            );

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "pricing",
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
                    schema: "pricing",
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
                name: "promotion_counter",
                schema: "pricing",
                columns: table => new
                {
                    promotion_id = table.Column<long>(type: "bigint", nullable: false),
                    per = table.Column<short>(type: "smallint", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false),
                    max_uses = table.Column<int>(type: "integer", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_promotion_counter",
                        x => new
                        {
                            x.promotion_id,
                            x.per,
                            x.subject,
                        }
                    );
                    table.CheckConstraint("ck_promotion_counter_max_uses", "used <= max_uses");
                    table.CheckConstraint("ck_promotion_counter_used", "used >= 0");
                }
            );

            migrationBuilder.CreateTable(
                name: "promotion_movement",
                schema: "pricing",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    promotion_id = table.Column<long>(type: "bigint", nullable: false),
                    per = table.Column<short>(type: "smallint", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_promotion_movement",
                        x => new
                        {
                            x.order_id,
                            x.promotion_id,
                            x.per,
                            x.subject,
                            x.kind,
                        }
                    );
                    table.CheckConstraint("ck_promotion_movement_uses", "uses <> 0");
                }
            );

            migrationBuilder
                .CreateIndex(name: "ix_inbox_taken_at", schema: "pricing", table: "inbox", column: "taken_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "pricing",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_id",
                schema: "pricing",
                table: "local_message",
                columns: new[] { "receiver", "id" },
                filter: "status = 0"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_key_id",
                schema: "pricing",
                table: "local_message",
                columns: new[] { "receiver", "key", "id" },
                filter: "status <> 2"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "inbox", schema: "pricing");

            migrationBuilder.DropTable(name: "local_message", schema: "pricing");

            migrationBuilder.DropTable(name: "promotion_counter", schema: "pricing");

            migrationBuilder.DropTable(name: "promotion_movement", schema: "pricing");

            migrationBuilder.DropColumn(
                name: "keeps_uses_of_cancelled",
                schema: "pricing",
                table: "promotion"
            );

            migrationBuilder.DropColumn(name: "limits", schema: "pricing", table: "promotion");
        }
    }
}
