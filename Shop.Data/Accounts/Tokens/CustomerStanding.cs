using Npgsql;

namespace Shop.Data.Accounts.Tokens;

/// <summary>What an access token says of a customer beside who they are, so that nobody has to look it up.</summary>
/// <param name="Roles">What they may do as staff.</param>
/// <param name="Groups">The groups of customers that they are in; at most <see cref="CustomerGroup.MaxPerCustomer"/>.</param>
/// <param name="TaxExemption">Where they pay no tax; null where they do everywhere.</param>
public sealed record CustomerStanding(
    IReadOnlyCollection<StaffRole> Roles,
    IReadOnlyList<string> Groups,
    TaxExemption? TaxExemption
)
{
    /// <summary>Of a customer like any other.</summary>
    public static CustomerStanding Plain { get; } = new([], [], TaxExemption: null);

    /// <summary>From the columns <c>roles</c>, <c>groups</c> and <c>tax_exemption</c>, side by side.</summary>
    internal static CustomerStanding Read(NpgsqlDataReader row, int column) =>
        new(
            row.Roles(column),
            row.GetFieldValue<string[]>(column + 1),
            TaxExemption.Read(row.IsDBNull(column + 2) ? null : row.GetString(column + 2))
        );
}
