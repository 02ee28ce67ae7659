using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Pricing.Migrations
{
    /// <inheritdoc />
    public partial class Codes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "promotion_code",
                schema: "pricing",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    promotion_id = table.Column<long>(type: "bigint", nullable: false),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promotion_code", x => x.code);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_promotion_code_promotion_id_batch_id_code",
                schema: "pricing",
                table: "promotion_code",
                columns: new[] { "promotion_id", "batch_id", "code" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "promotion_code", schema: "pricing");
        }
    }
}
