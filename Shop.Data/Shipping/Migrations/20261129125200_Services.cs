using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Shipping.Migrations
{
    /// <inheritdoc />
    public partial class Services : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "service",
                schema: "shipping",
                table: "method",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "service", schema: "shipping", table: "method");
        }
    }
}
