using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class Feed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "tx",
                schema: "orders",
                table: "order_event",
                type: "bigint",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "bookmark",
                schema: "orders",
                columns: table => new
                {
                    reader = table.Column<string>(type: "text", nullable: false),
                    snapshot = table.Column<string>(type: "text", nullable: true),
                    system_id = table.Column<long>(type: "bigint", nullable: true),
                    timeline = table.Column<int>(type: "integer", nullable: true),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookmark", x => x.reader);
                }
            );

            migrationBuilder
                .CreateIndex(name: "ix_order_event_tx", schema: "orders", table: "order_event", column: "tx")
                .Annotation("Npgsql:IndexMethod", "brin")
                .Annotation("Npgsql:StorageParameter:autosummarize", true)
                .Annotation("Npgsql:StorageParameter:pages_per_range", 32);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "bookmark", schema: "orders");

            migrationBuilder.DropIndex(name: "ix_order_event_tx", schema: "orders", table: "order_event");

            migrationBuilder.DropColumn(name: "tx", schema: "orders", table: "order_event");
        }
    }
}
