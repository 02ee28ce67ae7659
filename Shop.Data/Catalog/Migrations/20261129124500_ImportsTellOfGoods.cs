using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class ImportsTellOfGoods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "requires_shipping",
                schema: "catalog",
                table: "import_row",
                type: "boolean",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "tax_class",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "weight_grams",
                schema: "catalog",
                table: "import_row",
                type: "integer",
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "requires_shipping", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "tax_class", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "weight_grams", schema: "catalog", table: "import_row");
        }
    }
}
