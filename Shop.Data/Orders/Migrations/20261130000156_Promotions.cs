using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class Promotions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "order_promotions",
                schema: "orders",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    outcomes = table.Column<string>(type: "json", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_promotions", x => x.order_id);
                }
            );

            migrationBuilder.Sql(
                """
                insert into orders.order_promotions (order_id, outcomes)
                select id, promotions::json from orders."order" where promotions is not null
                """
            );

            migrationBuilder.Sql(
                """
                update orders.order_line set discounts = (
                    select jsonb_agg(jsonb_build_array(one -> 'place', one -> 'minor') order by n)
                    from jsonb_array_elements(discounts) with ordinality as d(one, n))
                where discounts is not null
                """
            );
            migrationBuilder.Sql(
                "alter table orders.order_line alter discounts type json using discounts::json"
            );

            migrationBuilder.DropColumn(name: "promotions", schema: "orders", table: "order");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "promotions",
                schema: "orders",
                table: "order",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.Sql(
                """
                update orders."order" set promotions = outcomes::jsonb
                from orders.order_promotions where order_id = id
                """
            );

            migrationBuilder.Sql(
                "alter table orders.order_line alter discounts type jsonb using discounts::jsonb"
            );
            migrationBuilder.Sql(
                """
                update orders.order_line set discounts = (
                    select jsonb_agg(jsonb_build_object('place', one -> 0, 'minor', one -> 1) order by n)
                    from jsonb_array_elements(discounts) with ordinality as d(one, n))
                where discounts is not null
                """
            );

            migrationBuilder.DropTable(name: "order_promotions", schema: "orders");
        }
    }
}
