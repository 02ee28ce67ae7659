using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Shipping.Migrations
{
    /// <inheritdoc />
    public partial class TaxClass : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "tax_class",
                schema: "shipping",
                table: "method",
                type: "text",
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "tax_class", schema: "shipping", table: "method");
        }
    }
}
