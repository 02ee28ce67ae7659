using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Shop.Data.Search.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "search");

            migrationBuilder.CreateTable(
                name: "category",
                schema: "search",
                columns: table => new
                {
                    category_id = table.Column<long>(type: "bigint", nullable: false),
                    path = table.Column<long[]>(type: "bigint[]", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_category", x => x.category_id);
                }
            );

            migrationBuilder
                .CreateTable(
                    name: "clock",
                    schema: "search",
                    columns: table => new
                    {
                        id = table.Column<short>(type: "smallint", nullable: false),
                        revision = table.Column<long>(type: "bigint", nullable: false),
                        as_of = table.Column<DateTimeOffset>(
                            type: "timestamp with time zone",
                            nullable: false
                        ),
                        filled_to = table.Column<long>(type: "bigint", nullable: true),
                        counted_at = table.Column<DateTimeOffset>(
                            type: "timestamp with time zone",
                            nullable: false
                        ),
                    },
                    constraints: table =>
                    {
                        table.PrimaryKey("pk_clock", x => x.id);
                        table.CheckConstraint("ck_clock_one_row", "id = 1");
                    }
                )
                .Annotation("Npgsql:StorageParameter:fillfactor", 10);

            migrationBuilder.CreateTable(
                name: "code",
                schema: "search",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    product_id = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_code", x => new { x.code, x.product_id });
                }
            );

            migrationBuilder.CreateTable(
                name: "product",
                schema: "search",
                columns: table => new
                {
                    product_id = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    is_searchable = table.Column<bool>(type: "boolean", nullable: false),
                    slug = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false, collation: "und-x-icu"),
                    title_words = table.Column<string>(type: "text", nullable: false),
                    brand = table.Column<string>(type: "text", nullable: true),
                    category_id = table.Column<long>(type: "bigint", nullable: true),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    popularity = table.Column<short>(
                        type: "smallint",
                        nullable: false,
                        defaultValue: (short)0
                    ),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    updated_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    w_title = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false),
                    w_names = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false),
                    w_all = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product", x => x.product_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "sku",
                schema: "search",
                columns: table => new
                {
                    variant_id = table.Column<long>(type: "bigint", nullable: false),
                    product_id = table.Column<long>(type: "bigint", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sku", x => x.variant_id);
                }
            );

            migrationBuilder
                .CreateTable(
                    name: "stock",
                    schema: "search",
                    columns: table => new
                    {
                        variant_id = table.Column<long>(type: "bigint", nullable: false),
                        available = table.Column<int>(type: "integer", nullable: false),
                        version = table.Column<int>(type: "integer", nullable: false),
                        sold_lately = table.Column<float>(type: "real", nullable: false),
                    },
                    constraints: table =>
                    {
                        table.PrimaryKey("pk_stock", x => x.variant_id);
                    }
                )
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder
                .CreateIndex(name: "ix_category_path", schema: "search", table: "category", column: "path")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_code_product_id",
                schema: "search",
                table: "code",
                column: "product_id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_product_category_id_product_id",
                schema: "search",
                table: "product",
                columns: new[] { "category_id", "product_id" }
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_product_title_words",
                    schema: "search",
                    table: "product",
                    column: "title_words"
                )
                .Annotation("Npgsql:IndexMethod", "hash");

            migrationBuilder
                .CreateIndex(
                    name: "ix_product_w_title_w_names_w_all",
                    schema: "search",
                    table: "product",
                    columns: new[] { "w_title", "w_names", "w_all" }
                )
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:fastupdate", false);

            migrationBuilder.CreateIndex(
                name: "ix_sku_product_id",
                schema: "search",
                table: "sku",
                column: "product_id"
            );

            // PostgreSQL's own English leaves words out: "the who" would be no query.
            migrationBuilder.Sql(
                "create text search dictionary search.english (template = pg_catalog.snowball, language = english)"
            );
            migrationBuilder.Sql(
                """
                insert into search.clock (id, revision, as_of, filled_to, counted_at)
                values (1, 0, 'epoch', 0, 'epoch')
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop text search dictionary search.english");

            migrationBuilder.DropTable(name: "category", schema: "search");

            migrationBuilder.DropTable(name: "clock", schema: "search");

            migrationBuilder.DropTable(name: "code", schema: "search");

            migrationBuilder.DropTable(name: "product", schema: "search");

            migrationBuilder.DropTable(name: "sku", schema: "search");

            migrationBuilder.DropTable(name: "stock", schema: "search");
        }
    }
}
