using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class PriceLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "price_list",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    title = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    group_key = table.Column<string>(type: "text", nullable: true),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    pick = table.Column<string>(
                        type: "character varying(16)",
                        maxLength: 16,
                        nullable: false
                    ),
                    starts_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_list", x => x.id);
                    table.CheckConstraint("ck_price_list_ends_at", "ends_at > starts_at");
                }
            );

            migrationBuilder.CreateTable(
                name: "price",
                schema: "catalog",
                columns: table => new
                {
                    variant_id = table.Column<long>(type: "bigint", nullable: false),
                    list_id = table.Column<long>(type: "bigint", nullable: false),
                    min_units = table.Column<int>(type: "integer", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    compare_at_minor = table.Column<long>(type: "bigint", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_price",
                        x => new
                        {
                            x.variant_id,
                            x.list_id,
                            x.min_units,
                        }
                    );
                    table.CheckConstraint("ck_price_amount", "amount_minor > 0");
                    table.CheckConstraint("ck_price_compare_at", "compare_at_minor > amount_minor");
                    table.CheckConstraint("ck_price_ends_at", "ends_at > starts_at");
                    table.CheckConstraint("ck_price_min_units", "min_units between 1 and 10000");
                    table.ForeignKey(
                        name: "fk_price_price_lists_list_id",
                        column: x => x.list_id,
                        principalSchema: "catalog",
                        principalTable: "price_list",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "fk_price_variants_variant_id",
                        column: x => x.variant_id,
                        principalSchema: "catalog",
                        principalTable: "product_variant",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_price_list_id_variant_id_min_units",
                schema: "catalog",
                table: "price",
                columns: new[] { "list_id", "variant_id", "min_units" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "price", schema: "catalog");

            migrationBuilder.DropTable(name: "price_list", schema: "catalog");
        }
    }
}
