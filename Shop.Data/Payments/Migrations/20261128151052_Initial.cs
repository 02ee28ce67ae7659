using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Shop.Data.Payments.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "payments");

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "payments",
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
                name: "bill",
                schema: "payments",
                columns: table => new
                {
                    channel = table.Column<short>(type: "smallint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    line_count = table.Column<int>(type: "integer", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    compared_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_bill",
                        x => new
                        {
                            x.channel,
                            x.account,
                            x.day,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "bill_line",
                schema: "payments",
                columns: table => new
                {
                    channel = table.Column<short>(type: "smallint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    is_refund = table.Column<bool>(type: "boolean", nullable: false),
                    out_no = table.Column<string>(type: "text", nullable: true),
                    reference = table.Column<string>(type: "text", nullable: false),
                    payment_out_no = table.Column<string>(type: "text", nullable: true),
                    minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    fee_minor = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_bill_line",
                        x => new
                        {
                            x.channel,
                            x.account,
                            x.day,
                            x.position,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "difference",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    channel = table.Column<short>(type: "smallint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    payment_id = table.Column<long>(type: "bigint", nullable: true),
                    here_minor = table.Column<long>(type: "bigint", nullable: true),
                    there_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                    found_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    resolved_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    note = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_difference", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "due",
                schema: "payments",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    paid_minor = table.Column<long>(type: "bigint", nullable: false),
                    refunded_minor = table.Column<long>(type: "bigint", nullable: false),
                    settled_by = table.Column<long>(type: "bigint", nullable: true),
                    closes_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    closed_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    version = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_due", x => x.order_id);
                    table.CheckConstraint("ck_due_refunded", "refunded_minor <= paid_minor");
                }
            );

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                schema: "payments",
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
                schema: "payments",
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
                    schema: "payments",
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
                name: "notice",
                schema: "payments",
                columns: table => new
                {
                    channel = table.Column<short>(type: "smallint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    notice_key = table.Column<string>(type: "text", nullable: false),
                    payment_id = table.Column<long>(type: "bigint", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    outcome = table.Column<short>(type: "smallint", nullable: false),
                    received_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_notice",
                        x => new
                        {
                            x.channel,
                            x.account,
                            x.notice_key,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "payment",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    channel = table.Column<short>(type: "smallint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<short>(type: "smallint", nullable: false),
                    out_no = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    authorized_minor = table.Column<long>(type: "bigint", nullable: false),
                    captured_minor = table.Column<long>(type: "bigint", nullable: false),
                    captured_currency = table.Column<string>(type: "text", nullable: true),
                    refunding_minor = table.Column<long>(type: "bigint", nullable: false),
                    refunded_minor = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    reason = table.Column<short>(type: "smallint", nullable: true),
                    closing = table.Column<short>(type: "smallint", nullable: true),
                    request = table.Column<string>(type: "jsonb", nullable: false),
                    action = table.Column<string>(type: "jsonb", nullable: true),
                    begun_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    expires_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    updated_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    next_check_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    checks = table.Column<int>(type: "integer", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    traceparent = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment", x => x.id);
                    table.CheckConstraint(
                        "ck_payment_refunds",
                        "refunding_minor + refunded_minor <= captured_minor"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "sandbox_trade",
                schema: "payments",
                columns: table => new
                {
                    out_no = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    payment_out_no = table.Column<string>(type: "text", nullable: true),
                    minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    token = table.Column<string>(type: "text", nullable: false),
                    return_url = table.Column<string>(type: "text", nullable: true),
                    paid_minor = table.Column<long>(type: "bigint", nullable: true),
                    paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    expires_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sandbox_trade", x => x.out_no);
                }
            );

            migrationBuilder.CreateTable(
                name: "refund",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    payment_id = table.Column<long>(type: "bigint", nullable: false),
                    out_no = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    reason = table.Column<short>(type: "smallint", nullable: false),
                    actor = table.Column<long>(type: "bigint", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    goods_back = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    requested_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    next_check_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    checks = table.Column<int>(type: "integer", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refund", x => x.id);
                    table.CheckConstraint("ck_refund_amount", "amount_minor > 0");
                    table.ForeignKey(
                        name: "fk_refund_payment_payment_id",
                        column: x => x.payment_id,
                        principalSchema: "payments",
                        principalTable: "payment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_id",
                schema: "payments",
                table: "audit_entry",
                columns: new[] { "actor_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_kind_subject_id_id",
                schema: "payments",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_bill_line_out_no",
                schema: "payments",
                table: "bill_line",
                column: "out_no",
                filter: "out_no is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_difference_channel_account_kind_subject",
                schema: "payments",
                table: "difference",
                columns: new[] { "channel", "account", "kind", "subject" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_difference_id",
                schema: "payments",
                table: "difference",
                column: "id",
                filter: "resolved_at is null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "payments",
                table: "idempotency_key",
                column: "created_at",
                filter: "created_at is not null"
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_inbox_taken_at",
                    schema: "payments",
                    table: "inbox",
                    column: "taken_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "payments",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_id",
                schema: "payments",
                table: "local_message",
                columns: new[] { "receiver", "id" },
                filter: "status = 0"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_key_id",
                schema: "payments",
                table: "local_message",
                columns: new[] { "receiver", "key", "id" },
                filter: "status <> 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_notice_payment_id",
                schema: "payments",
                table: "notice",
                column: "payment_id",
                filter: "payment_id is not null"
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_notice_received_at",
                    schema: "payments",
                    table: "notice",
                    column: "received_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_payment_out_no_channel_account",
                schema: "payments",
                table: "payment",
                columns: new[] { "out_no", "channel", "account" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_payment_reference_channel_account",
                schema: "payments",
                table: "payment",
                columns: new[] { "reference", "channel", "account" },
                unique: true,
                filter: "reference is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_payment_next_check_at",
                schema: "payments",
                table: "payment",
                column: "next_check_at",
                filter: "next_check_at is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_payment_order_id",
                schema: "payments",
                table: "payment",
                column: "order_id",
                unique: true,
                filter: "status <= 3"
            );

            migrationBuilder.CreateIndex(
                name: "ix_payment_order_id_id",
                schema: "payments",
                table: "payment",
                columns: new[] { "order_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_payment_status_id",
                schema: "payments",
                table: "payment",
                columns: new[] { "status", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_refund_next_check_at",
                schema: "payments",
                table: "refund",
                column: "next_check_at",
                filter: "next_check_at is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_refund_out_no",
                schema: "payments",
                table: "refund",
                column: "out_no",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_refund_payment_id_id",
                schema: "payments",
                table: "refund",
                columns: new[] { "payment_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_refund_payment_id_reference",
                schema: "payments",
                table: "refund",
                columns: new[] { "payment_id", "reference" },
                unique: true,
                filter: "reference is not null"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit_entry", schema: "payments");

            migrationBuilder.DropTable(name: "bill", schema: "payments");

            migrationBuilder.DropTable(name: "bill_line", schema: "payments");

            migrationBuilder.DropTable(name: "difference", schema: "payments");

            migrationBuilder.DropTable(name: "due", schema: "payments");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "payments");

            migrationBuilder.DropTable(name: "inbox", schema: "payments");

            migrationBuilder.DropTable(name: "local_message", schema: "payments");

            migrationBuilder.DropTable(name: "notice", schema: "payments");

            migrationBuilder.DropTable(name: "refund", schema: "payments");

            migrationBuilder.DropTable(name: "sandbox_trade", schema: "payments");

            migrationBuilder.DropTable(name: "payment", schema: "payments");
        }
    }
}
