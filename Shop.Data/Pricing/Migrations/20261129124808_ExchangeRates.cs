using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Pricing.Migrations
{
    /// <inheritdoc />
    public partial class ExchangeRates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "exchange_rate",
                schema: "pricing",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    rate = table.Column<decimal>(type: "numeric", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    version = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rate", x => x.id);
                    table.CheckConstraint("ck_exchange_rate_rate", "rate > 0 and rate <= 1000000");
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_rate_currency_starts_at",
                schema: "pricing",
                table: "exchange_rate",
                columns: new[] { "currency", "starts_at" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "exchange_rate", schema: "pricing");
        }
    }
}
