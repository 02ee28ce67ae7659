using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "catalog");

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "catalog",
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
                name: "category",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    slug = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    title = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    path = table.Column<long[]>(type: "bigint[]", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_category", x => x.id);
                    table.ForeignKey(
                        name: "fk_category_category_parent_id",
                        column: x => x.parent_id,
                        principalSchema: "catalog",
                        principalTable: "category",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
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
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => x.key);
                }
            );

            migrationBuilder.CreateTable(
                name: "import",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    idempotency_key = table.Column<Guid>(type: "uuid", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    url = table.Column<string>(
                        type: "character varying(2000)",
                        maxLength: 2000,
                        nullable: true
                    ),
                    file_id = table.Column<long>(type: "bigint", nullable: true),
                    format = table.Column<short>(type: "smallint", nullable: false),
                    policy = table.Column<short>(type: "smallint", nullable: false),
                    opens_stock = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    failure = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true
                    ),
                    total_bytes = table.Column<long>(type: "bigint", nullable: false),
                    bytes_read = table.Column<long>(type: "bigint", nullable: false),
                    last_line = table.Column<int>(type: "integer", nullable: false),
                    is_read = table.Column<bool>(type: "boolean", nullable: false),
                    is_staged = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(
                        type: "character varying(64)",
                        maxLength: 64,
                        nullable: false
                    ),
                    rows_read = table.Column<int>(type: "integer", nullable: false),
                    rows_staged = table.Column<int>(type: "integer", nullable: false),
                    rows_saved = table.Column<int>(type: "integer", nullable: false),
                    rows_failed = table.Column<int>(type: "integer", nullable: false),
                    errors_kept = table.Column<int>(type: "integer", nullable: false),
                    columns_not_read = table.Column<string[]>(type: "text[]", nullable: false),
                    products_added = table.Column<int>(type: "integer", nullable: false),
                    products_changed = table.Column<int>(type: "integer", nullable: false),
                    products_unchanged = table.Column<int>(type: "integer", nullable: false),
                    variants_added = table.Column<int>(type: "integer", nullable: false),
                    variants_changed = table.Column<int>(type: "integer", nullable: false),
                    variants_unchanged = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    started_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    finished_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    lease_owner = table.Column<string>(type: "text", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "import_error",
                schema: "catalog",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<short>(type: "smallint", nullable: false),
                    field = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: true
                    ),
                    message = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: false
                    ),
                    text = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_error", x => new { x.import_id, x.line });
                }
            );

            migrationBuilder.CreateTable(
                name: "import_row",
                schema: "catalog",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    code = table.Column<string>(
                        type: "character varying(64)",
                        maxLength: 64,
                        nullable: false,
                        collation: "C"
                    ),
                    title = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    description = table.Column<string>(type: "text", nullable: true),
                    brand = table.Column<string>(type: "text", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string>(type: "text", nullable: true),
                    option = table.Column<string>(type: "text", nullable: true),
                    option_value = table.Column<string>(type: "text", nullable: true),
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    stock = table.Column<int>(type: "integer", nullable: true),
                    units_sold = table.Column<long>(type: "bigint", nullable: true),
                    first_sold_on = table.Column<DateOnly>(type: "date", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_row", x => new { x.import_id, x.line });
                }
            );

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "catalog",
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
                    schema: "catalog",
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
                name: "staged_file",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    format = table.Column<short>(type: "smallint", nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    completed_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staged_file", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "product",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(
                        type: "character varying(64)",
                        maxLength: 64,
                        nullable: false
                    ),
                    slug = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    title = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "und-x-icu"
                    ),
                    description = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(
                        type: "character varying(16)",
                        maxLength: 16,
                        nullable: false
                    ),
                    brand = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: true
                    ),
                    category_id = table.Column<long>(type: "bigint", nullable: true),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    media = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    options = table.Column<string>(type: "jsonb", nullable: false),
                    price_from_minor = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
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
                    table.PrimaryKey("pk_product", x => x.id);
                    table.CheckConstraint("ck_product_price_from", "price_from_minor > 0");
                    table.ForeignKey(
                        name: "fk_product_category_category_id",
                        column: x => x.category_id,
                        principalSchema: "catalog",
                        principalTable: "category",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "staged_chunk",
                schema: "catalog",
                columns: table => new
                {
                    file_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staged_chunk", x => new { x.file_id, x.position });
                    table.ForeignKey(
                        name: "fk_staged_chunk_staged_file_file_id",
                        column: x => x.file_id,
                        principalSchema: "catalog",
                        principalTable: "staged_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "product_variant",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    product_id = table.Column<long>(type: "bigint", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    title = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    selected_options = table.Column<string>(type: "jsonb", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    compare_at_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    position = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    updated_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    retired_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_variant", x => x.id);
                    table.CheckConstraint("ck_product_variant_compare_at", "compare_at_minor > price_minor");
                    table.CheckConstraint("ck_product_variant_price", "price_minor > 0");
                    table.ForeignKey(
                        name: "fk_product_variant_product_product_id",
                        column: x => x.product_id,
                        principalSchema: "catalog",
                        principalTable: "product",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_id",
                schema: "catalog",
                table: "audit_entry",
                columns: new[] { "actor_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_kind_subject_id_id",
                schema: "catalog",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_category_parent_id_position",
                schema: "catalog",
                table: "category",
                columns: new[] { "parent_id", "position" }
            );

            migrationBuilder
                .CreateIndex(name: "ix_category_path", schema: "catalog", table: "category", column: "path")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_category_slug",
                schema: "catalog",
                table: "category",
                column: "slug",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "catalog",
                table: "idempotency_key",
                column: "created_at",
                filter: "created_at is not null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_import_id",
                schema: "catalog",
                table: "import",
                column: "id",
                filter: "status = 1"
            );

            migrationBuilder.CreateIndex(
                name: "ix_import_idempotency_key",
                schema: "catalog",
                table: "import",
                column: "idempotency_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_import_status",
                schema: "catalog",
                table: "import",
                column: "status",
                unique: true,
                filter: "status = 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_import_row_import_id_code_line",
                schema: "catalog",
                table: "import_row",
                columns: new[] { "import_id", "code", "line" }
            );

            migrationBuilder
                .CreateIndex(name: "ix_inbox_taken_at", schema: "catalog", table: "inbox", column: "taken_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "catalog",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_id",
                schema: "catalog",
                table: "local_message",
                columns: new[] { "receiver", "id" },
                filter: "status = 0"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_receiver_key_id",
                schema: "catalog",
                table: "local_message",
                columns: new[] { "receiver", "key", "id" },
                filter: "status <> 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_category_id_title_id",
                schema: "catalog",
                table: "product",
                columns: new[] { "category_id", "title", "id" },
                filter: "status = 'Active'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_code",
                schema: "catalog",
                table: "product",
                column: "code",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_created_at_id",
                schema: "catalog",
                table: "product",
                columns: new[] { "created_at", "id" },
                filter: "status = 'Active'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_price_from_minor_id",
                schema: "catalog",
                table: "product",
                columns: new[] { "price_from_minor", "id" },
                filter: "status = 'Active'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_slug",
                schema: "catalog",
                table: "product",
                column: "slug",
                unique: true
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_product_tags",
                    schema: "catalog",
                    table: "product",
                    column: "tags",
                    filter: "status = 'Active'"
                )
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_product_title_id",
                schema: "catalog",
                table: "product",
                columns: new[] { "title", "id" },
                filter: "status = 'Active'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_updated_at_id",
                schema: "catalog",
                table: "product",
                columns: new[] { "updated_at", "id" },
                filter: "status = 'Active'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_variant_product_id_position_id",
                schema: "catalog",
                table: "product_variant",
                columns: new[] { "product_id", "position", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_variant_sku",
                schema: "catalog",
                table: "product_variant",
                column: "sku",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_staged_file_created_at",
                schema: "catalog",
                table: "staged_file",
                column: "created_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit_entry", schema: "catalog");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "catalog");

            migrationBuilder.DropTable(name: "import", schema: "catalog");

            migrationBuilder.DropTable(name: "import_error", schema: "catalog");

            migrationBuilder.DropTable(name: "import_row", schema: "catalog");

            migrationBuilder.DropTable(name: "inbox", schema: "catalog");

            migrationBuilder.DropTable(name: "local_message", schema: "catalog");

            migrationBuilder.DropTable(name: "product_variant", schema: "catalog");

            migrationBuilder.DropTable(name: "staged_chunk", schema: "catalog");

            migrationBuilder.DropTable(name: "product", schema: "catalog");

            migrationBuilder.DropTable(name: "staged_file", schema: "catalog");

            migrationBuilder.DropTable(name: "category", schema: "catalog");
        }
    }
}
