using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "orders");

            migrationBuilder.CreateSequence(name: "order_number", schema: "orders", maxValue: 1099511627775L);

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "orders",
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
                schema: "orders",
                columns: table => new
                {
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    cart_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    cart_version = table.Column<int>(type: "integer", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => x.key);
                }
            );

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "orders",
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
                    schema: "orders",
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
                name: "order",
                schema: "orders",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(
                        type: "bigint",
                        nullable: false,
                        defaultValueSql: "nextval('orders.order_number')"
                    ),
                    customer_id = table.Column<long>(type: "bigint", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    subtotal_minor = table.Column<long>(type: "bigint", nullable: false),
                    discount_minor = table.Column<long>(type: "bigint", nullable: false),
                    shipping_minor = table.Column<long>(type: "bigint", nullable: false),
                    tax_minor = table.Column<long>(type: "bigint", nullable: false),
                    total_minor = table.Column<long>(
                        type: "bigint",
                        nullable: false,
                        computedColumnSql: "subtotal_minor - discount_minor + shipping_minor + tax_minor",
                        stored: true
                    ),
                    email = table.Column<string>(type: "text", nullable: false),
                    shipping_address = table.Column<string>(type: "jsonb", nullable: false),
                    access_key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    shortages = table.Column<string>(type: "jsonb", nullable: false),
                    placed_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    payment_due_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    updated_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order", x => x.id);
                    table.CheckConstraint("ck_order_cost", "subtotal_minor >= 0 and total_minor >= 0");
                }
            );

            migrationBuilder.CreateTable(
                name: "shipment",
                schema: "orders",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    carrier = table.Column<string>(type: "text", nullable: true),
                    tracking_number = table.Column<string>(type: "text", nullable: true),
                    shipped_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shipment", x => x.order_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "order_event",
                schema: "orders",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    from_status = table.Column<short>(type: "smallint", nullable: true),
                    to_status = table.Column<short>(type: "smallint", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_event", x => new { x.order_id, x.sequence });
                }
            );

            migrationBuilder.CreateTable(
                name: "order_line",
                schema: "orders",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    variant_id = table.Column<long>(type: "bigint", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    unit_price_minor = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_line", x => new { x.order_id, x.position });
                    table.CheckConstraint("ck_order_line_quantity", "quantity > 0");
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_id",
                schema: "orders",
                table: "audit_entry",
                columns: new[] { "actor_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_kind_subject_id_id",
                schema: "orders",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_cart_hash_cart_version",
                schema: "orders",
                table: "idempotency_key",
                columns: new[] { "cart_hash", "cart_version" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "orders",
                table: "idempotency_key",
                column: "created_at",
                filter: "created_at is not null"
            );

            migrationBuilder
                .CreateIndex(name: "ix_inbox_taken_at", schema: "orders", table: "inbox", column: "taken_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "orders",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_id",
                schema: "orders",
                table: "local_message",
                columns: new[] { "receiver", "id" },
                filter: "status = 0"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_key_id",
                schema: "orders",
                table: "local_message",
                columns: new[] { "receiver", "key", "id" },
                filter: "status <> 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_order_customer_id_id",
                schema: "orders",
                table: "order",
                columns: new[] { "customer_id", "id" },
                filter: "customer_id is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_order_number",
                schema: "orders",
                table: "order",
                column: "number",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_order_payment_due_at",
                schema: "orders",
                table: "order",
                column: "payment_due_at",
                filter: "status = 1"
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_order_placed_at",
                    schema: "orders",
                    table: "order",
                    column: "placed_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin")
                .Annotation("Npgsql:StorageParameter:autosummarize", true);

            migrationBuilder.CreateIndex(
                name: "ix_order_status_id",
                schema: "orders",
                table: "order",
                columns: new[] { "status", "id" },
                filter: "status not in (1, 4)"
            );

            migrationBuilder
                .CreateIndex(name: "ix_order_line_sku", schema: "orders", table: "order_line", column: "sku")
                .Annotation("Npgsql:IndexMethod", "brin")
                .Annotation("Npgsql:IndexOperators", new[] { "text_bloom_ops" })
                .Annotation("Npgsql:StorageParameter:autosummarize", true);

            // text_pattern_ops: an address is searched for by its first letters, whatever the order of the language is.
            migrationBuilder.Sql(
                """create index ix_order_email on orders."order" (lower(email) text_pattern_ops)"""
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit_entry", schema: "orders");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "orders");

            migrationBuilder.DropTable(name: "inbox", schema: "orders");

            migrationBuilder.DropTable(name: "local_message", schema: "orders");

            migrationBuilder.DropTable(name: "order_event", schema: "orders");

            migrationBuilder.DropTable(name: "order_line", schema: "orders");

            migrationBuilder.DropTable(name: "shipment", schema: "orders");

            migrationBuilder.DropTable(name: "order", schema: "orders");

            migrationBuilder.DropSequence(name: "order_number", schema: "orders");
        }
    }
}
