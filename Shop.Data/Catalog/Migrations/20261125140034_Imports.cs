using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Imports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                    stocked_code = table.Column<string>(
                        type: "character varying(64)",
                        maxLength: 64,
                        nullable: false
                    ),
                    rows_read = table.Column<int>(type: "integer", nullable: false),
                    rows_staged = table.Column<int>(type: "integer", nullable: false),
                    rows_saved = table.Column<int>(type: "integer", nullable: false),
                    rows_failed = table.Column<int>(type: "integer", nullable: false),
                    errors_kept = table.Column<int>(type: "integer", nullable: false),
                    left_out = table.Column<int[]>(type: "integer[]", nullable: false),
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
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    units_sold = table.Column<long>(type: "bigint", nullable: false),
                    first_sold_on = table.Column<DateOnly>(type: "date", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_row", x => new { x.import_id, x.line });
                }
            );

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

            migrationBuilder.CreateIndex(
                name: "ix_staged_file_created_at",
                schema: "catalog",
                table: "staged_file",
                column: "created_at"
            );

            // The sample catalogue that was loaded once is not loaded again.
            migrationBuilder.Sql(
                """
                insert into catalog.import (
                    id, idempotency_key, fingerprint, format, policy, opens_stock, status, total_bytes, bytes_read, last_line,
                    is_read, is_staged, code, stocked_code, rows_read, rows_staged, rows_saved, rows_failed, errors_kept,
                    left_out, products_added, products_changed, products_unchanged, variants_added, variants_changed,
                    variants_unchanged, version, created_at, started_at, finished_at, cancel_requested, attempts
                )
                select 1, '0192d4a0-5a3e-7c11-8e57-6f6e6c696e65', '', 1, 2, true, 3, 0, 0, 0, true, true, '', '', 0, 0, 0, 0, 0,
                    '{0,0,0,0}', 0, 0, 0, 0, 0, 0, 1, loaded_at, loaded_at, loaded_at, false, 0
                from catalog.loaded_file where name = 'online-retail-catalog.csv.gz'
                """
            );

            migrationBuilder.DropTable(name: "loaded_file", schema: "catalog");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "import", schema: "catalog");

            migrationBuilder.DropTable(name: "import_error", schema: "catalog");

            migrationBuilder.DropTable(name: "import_row", schema: "catalog");

            migrationBuilder.DropTable(name: "staged_chunk", schema: "catalog");

            migrationBuilder.DropTable(name: "staged_file", schema: "catalog");

            migrationBuilder.CreateTable(
                name: "loaded_file",
                schema: "catalog",
                columns: table => new
                {
                    name = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    loaded_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loaded_file", x => x.name);
                }
            );
        }
    }
}
