using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Weights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "requires_shipping",
                schema: "catalog",
                table: "product_variant",
                type: "boolean",
                nullable: false,
                defaultValue: true
            );

            migrationBuilder.AddColumn<int>(
                name: "weight_grams",
                schema: "catalog",
                table: "product_variant",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddCheckConstraint(
                name: "ck_product_variant_weight",
                schema: "catalog",
                table: "product_variant",
                sql: "weight_grams >= 0"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_product_variant_weight",
                schema: "catalog",
                table: "product_variant"
            );

            migrationBuilder.DropColumn(
                name: "requires_shipping",
                schema: "catalog",
                table: "product_variant"
            );

            migrationBuilder.DropColumn(name: "weight_grams", schema: "catalog", table: "product_variant");
        }
    }
}
