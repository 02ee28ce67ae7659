using Npgsql;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Codes;

/// <summary>Looks codes up that a customer has typed. Reads the primary: a code that was just made is taken.</summary>
public sealed class FindCodes(Database<PricingDb> database)
{
    /// <param name="codes">As they are stored; without any, nothing is read.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Each of them, in the order given; one that there is not has no promotion.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<TypedCode>> RunAsync(
        IReadOnlyList<string> codes,
        CancellationToken cancel
    )
    {
        if (codes.Count == 0)
        {
            return [];
        }

        var found = await database.Primary.ListAsync(
            $"""
            select c.code, c.promotion_id, c.ends_at, coalesce(u.used, 0) from pricing.promotion_code c
            left join pricing.promotion_counter u
                on u.promotion_id = c.promotion_id and u.per = {(short)LimitPer.Code} and u.subject = c.code
            where c.code = any({Sql.Column(codes, code => code)})
            """,
            row => new TypedCode(
                row.GetString(0),
                new(row.GetInt64(1)),
                row.GetFieldValue<DateTimeOffset?>(2),
                row.GetInt32(3)
            ),
            cancel
        );
        return [.. codes.Select(code => found.Find(one => one.Code == code) ?? TypedCode.Unknown(code))];
    }
}
