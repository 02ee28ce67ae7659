using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Accounts.Migrations
{
    /// <inheritdoc />
    public partial class TaxExemption : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "tax_exemption",
                schema: "accounts",
                table: "customer",
                type: "text",
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "tax_exemption", schema: "accounts", table: "customer");
        }
    }
}
