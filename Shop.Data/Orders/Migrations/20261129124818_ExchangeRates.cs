using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class ExchangeRates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "exchange_rate",
                schema: "orders",
                table: "order",
                type: "numeric",
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "exchange_rate", schema: "orders", table: "order");
        }
    }
}
