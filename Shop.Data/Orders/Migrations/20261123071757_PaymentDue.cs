using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class PaymentDue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_order_payment_due_at",
                schema: "orders",
                table: "order",
                column: "payment_due_at",
                filter: "status = 1"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_order_payment_due_at", schema: "orders", table: "order");
        }
    }
}
