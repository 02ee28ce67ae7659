using Npgsql;
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
            select code, promotion_id, ends_at from pricing.promotion_code
            where code = any({Sql.Column(codes, code => code)})
            """,
            row => new TypedCode(
                row.GetString(0),
                new(row.GetInt64(1)),
                row.GetFieldValue<DateTimeOffset?>(2)
            ),
            cancel
        );
        return [.. codes.Select(code => found.Find(one => one.Code == code) ?? TypedCode.Unknown(code))];
    }
}
