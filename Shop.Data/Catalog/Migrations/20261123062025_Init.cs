using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Init : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "catalog");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "product_variant", schema: "catalog");

            migrationBuilder.DropTable(name: "product", schema: "catalog");

            migrationBuilder.DropTable(name: "category", schema: "catalog");
        }
    }
}
