using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class PriceHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "price_history",
                schema: "catalog",
                columns: table => new
                {
                    id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation(
                            "Npgsql:ValueGenerationStrategy",
                            NpgsqlValueGenerationStrategy.IdentityByDefaultColumn
                        ),
                    variant_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    compare_at_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_history", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_price_history_variant_id_id",
                schema: "catalog",
                table: "price_history",
                columns: new[] { "variant_id", "id" }
            );

            // By hand: what SKUs cost when this ran, and have since they last changed.
            migrationBuilder.Sql(
                """
                insert into catalog.price_history (variant_id, at, price_minor, compare_at_minor, currency)
                select id, updated_at, price_minor, compare_at_minor, currency from catalog.product_variant
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "price_history", schema: "catalog");
        }
    }
}
