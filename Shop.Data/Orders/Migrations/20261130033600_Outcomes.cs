using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Orders.Migrations
{
    /// <inheritdoc />
    public partial class Outcomes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                update orders.order_promotions set outcomes = (
                    select json_agg(
                        jsonb_build_array(
                            one -> 'id', one -> 'title',
                            array_position(array['Price', 'Lines', 'Order', 'Shipping'], one ->> 'stage') - 1,
                            coalesce(one -> 'minor', '0'))
                        || case when one ?| array['code', 'reason'] then jsonb_build_array(one -> 'code') else '[]' end
                        || case when one ? 'reason'
                            then jsonb_build_array(one - array['id', 'title', 'stage', 'minor', 'code']) else '[]' end
                        order by n)
                    from jsonb_array_elements(outcomes::jsonb) with ordinality as o(one, n))
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                update orders.order_promotions set outcomes = (
                    select json_agg(
                        jsonb_strip_nulls(jsonb_build_object(
                            'id', one -> 0, 'title', one -> 1,
                            'stage', (array['Price', 'Lines', 'Order', 'Shipping'])[(one ->> 2)::int + 1],
                            'minor', nullif(one -> 3, '0'), 'code', one -> 4))
                        || coalesce(one -> 5, '{}')
                        order by n)
                    from jsonb_array_elements(outcomes::jsonb) with ordinality as o(one, n))
                """
            );
        }
    }
}
