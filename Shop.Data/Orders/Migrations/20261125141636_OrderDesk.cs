using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class OrderDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shipment",
                schema: "orders",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    carrier = table.Column<string>(type: "text", nullable: true),
                    tracking_number = table.Column<string>(type: "text", nullable: true),
                    shipped_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shipment", x => x.order_id);
                }
            );

            migrationBuilder
                .CreateIndex(name: "ix_order_line_sku", schema: "orders", table: "order_line", column: "sku")
                .Annotation("Npgsql:IndexMethod", "brin")
                .Annotation("Npgsql:IndexOperators", new[] { "text_bloom_ops" })
                .Annotation("Npgsql:StorageParameter:autosummarize", true);

            migrationBuilder
                .CreateIndex(
                    name: "ix_order_placed_at",
                    schema: "orders",
                    table: "order",
                    column: "placed_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin")
                .Annotation("Npgsql:StorageParameter:autosummarize", true);

            migrationBuilder.CreateIndex(
                name: "ix_order_status_id",
                schema: "orders",
                table: "order",
                columns: new[] { "status", "id" },
                filter: "status not in (1, 4)"
            );

            // text_pattern_ops: an address is searched for by its first letters, whatever the order of the language is.
            migrationBuilder.Sql(
                """create index ix_order_email on orders."order" (lower(email) text_pattern_ops)"""
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index orders.ix_order_email");

            migrationBuilder.DropTable(name: "shipment", schema: "orders");

            migrationBuilder.DropIndex(name: "ix_order_line_sku", schema: "orders", table: "order_line");

            migrationBuilder.DropIndex(name: "ix_order_placed_at", schema: "orders", table: "order");

            migrationBuilder.DropIndex(name: "ix_order_status_id", schema: "orders", table: "order");
        }
    }
}
