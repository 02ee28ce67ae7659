using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class StaffCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<long>(
                name: "order_id",
                schema: "inventory",
                table: "stock_movement",
                type: "bigint",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "bigint"
            );

            migrationBuilder.AddColumn<long>(
                name: "actor_id",
                schema: "inventory",
                table: "stock_movement",
                type: "bigint",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "reason",
                schema: "inventory",
                table: "stock_movement",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                schema: "inventory",
                columns: table => new
                {
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => x.key);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_created_at",
                schema: "inventory",
                table: "idempotency_key",
                column: "created_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "idempotency_key", schema: "inventory");

            migrationBuilder.DropColumn(name: "actor_id", schema: "inventory", table: "stock_movement");

            migrationBuilder.DropColumn(name: "reason", schema: "inventory", table: "stock_movement");

            migrationBuilder.AlterColumn<long>(
                name: "order_id",
                schema: "inventory",
                table: "stock_movement",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true
            );
        }
    }
}
