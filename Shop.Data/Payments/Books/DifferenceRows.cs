using Npgsql;

namespace Shop.Data.Payments.Books;

/// <summary>Differences, as they are written.</summary>
internal static class DifferenceRows
{
    /// <summary>Writes one down; what was found before stays as it was.</summary>
    public static Task AddAsync(
        NpgsqlConnection connection,
        Difference difference,
        CancellationToken cancel
    ) =>
        connection.ExecuteAsync(
            $"""
            insert into payments.difference
                (id, kind, channel, account, subject, payment_id, here_minor, there_minor, currency, text, found_at)
            values ({Sql.Value(difference.Id.Value)}, {Sql.Value((short)difference.Kind)},
                {Sql.Value((short)difference.Channel)}, {Sql.Value(difference.Account)},
                {Sql.Value(difference.Subject)}, {Sql.Value(difference.PaymentId?.Value)},
                {Sql.Value(difference.HereMinor)}, {Sql.Value(difference.ThereMinor)},
                {Sql.Value(difference.Currency)}, {Sql.Value(difference.Text)}, {Sql.Value(
                difference.FoundAt
            )})
            on conflict do nothing
            """,
            cancel
        );
}
