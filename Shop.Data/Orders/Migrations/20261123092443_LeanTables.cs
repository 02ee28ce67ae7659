using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class LeanTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What an order is made of is written with it, in one statement that takes the id from the order: a foreign key
            // would check each row again, at half of the cost of an order.
            migrationBuilder.DropForeignKey("fk_order_line_orders_order_id", "order_line", "orders");
            migrationBuilder.DropForeignKey("fk_order_event_orders_order_id", "order_event", "orders");

            migrationBuilder.DropIndex(name: "ix_local_message_id", schema: "orders", table: "local_message");

            migrationBuilder.DropIndex(
                name: "ix_local_message_updated_at",
                schema: "orders",
                table: "local_message"
            );

            migrationBuilder.DropIndex(name: "ix_inbox_taken_at", schema: "orders", table: "inbox");

            migrationBuilder
                .AlterTable(name: "local_message", schema: "orders")
                .Annotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "orders",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_id",
                schema: "orders",
                table: "local_message",
                column: "id",
                filter: "status = 0"
            );

            migrationBuilder
                .CreateIndex(name: "ix_inbox_taken_at", schema: "orders", table: "inbox", column: "taken_at")
                .Annotation("Npgsql:IndexMethod", "brin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "order_line", "order_event" })
            {
                migrationBuilder.AddForeignKey(
                    name: $"fk_{table}_orders_order_id",
                    schema: "orders",
                    table: table,
                    column: "order_id",
                    principalSchema: "orders",
                    principalTable: "order",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade
                );
            }

            migrationBuilder.DropIndex(
                name: "ix_local_message_created_at",
                schema: "orders",
                table: "local_message"
            );

            migrationBuilder.DropIndex(name: "ix_local_message_id", schema: "orders", table: "local_message");

            migrationBuilder.DropIndex(name: "ix_inbox_taken_at", schema: "orders", table: "inbox");

            migrationBuilder
                .AlterTable(name: "local_message", schema: "orders")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder.CreateIndex(
                name: "ix_local_message_id",
                schema: "orders",
                table: "local_message",
                column: "id",
                filter: "status <> 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_updated_at",
                schema: "orders",
                table: "local_message",
                column: "updated_at",
                filter: "status = 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_inbox_taken_at",
                schema: "orders",
                table: "inbox",
                column: "taken_at"
            );
        }
    }
}
