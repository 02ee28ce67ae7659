using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class KeyAge : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "created_at",
                schema: "orders",
                table: "idempotency_key",
                type: "timestamp with time zone",
                nullable: true,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone"
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "orders",
                table: "idempotency_key",
                column: "created_at",
                filter: "created_at is not null"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_idempotency_key_created_at",
                schema: "orders",
                table: "idempotency_key"
            );

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "created_at",
                schema: "orders",
                table: "idempotency_key",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                ),
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldNullable: true
            );
        }
    }
}
