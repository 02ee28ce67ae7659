using Npgsql;
using NpgsqlTypes;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>
/// Keeps a channel's book of a day, in place of an earlier reading of it. It is read beside first, some thousand lines at a time:
/// no transaction waits for a channel, and a bill that breaks half-way leaves the earlier one as it was.
/// </summary>
public sealed class KeepBill(Database<PaymentsDb> database, TimeProvider clock)
{
    private const int LinesPerBatch = 5_000;

    private const string Copy = """
        copy bill_reading (
            position, is_refund, out_no, reference, payment_out_no, payment_reference, minor, currency, fee_minor
        ) from stdin binary
        """;

    /// <returns>How many lines it has.</returns>
    /// <exception cref="BillBrokenException">It can't be read to its end.</exception>
    internal async Task<int> RunAsync(
        PaymentAccount account,
        DateOnly day,
        BillReading.Lines? bill,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(
            $"""
            create temp table if not exists bill_reading (
                position int, is_refund boolean, out_no text, reference text, payment_out_no text,
                payment_reference text, minor bigint, currency text, fee_minor bigint)
            """,
            cancel
        );
        await connection.ExecuteAsync($"truncate bill_reading", cancel);
        var count = bill is null ? 0 : await ReadAsync(connection, bill.Rows, cancel);
        await PutAsync(connection, account, day, bill?.Digest ?? "", count, cancel);
        return count;
    }

    private static async Task<int> ReadAsync(
        NpgsqlConnection connection,
        IAsyncEnumerable<BillLine> rows,
        CancellationToken cancel
    )
    {
        var count = 0;
        await using var batches = rows.Chunk(LinesPerBatch).GetAsyncEnumerator(cancel);
        while (await MoveAsync(batches, cancel))
        {
            await using var copy = await connection.BeginBinaryImportAsync(Copy, cancel);
            foreach (var line in batches.Current)
            {
                await WriteAsync(copy, ++count, line, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        return count;
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<BillLine[]> batches, CancellationToken cancel)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            throw new BillBrokenException(fault);
        }
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        int position,
        BillLine line,
        CancellationToken cancel
    )
    {
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(position, cancel);
        await copy.WriteAsync(line.IsRefund, cancel);
        await copy.WriteAsync(line.OutNo, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(line.Reference, cancel);
        await copy.WriteAsync(line.PaymentOutNo, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(line.PaymentReference, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(line.Minor, cancel);
        await copy.WriteAsync(line.Currency, cancel);
        await copy.WriteAsync(line.FeeMinor, NpgsqlDbType.Bigint, cancel);
    }

    // The bill's row comes first: whoever reads the same one waits there.
    private async Task PutAsync(
        NpgsqlConnection connection,
        PaymentAccount account,
        DateOnly day,
        string digest,
        int count,
        CancellationToken cancel
    )
    {
        var (channel, name, of) = (
            Sql.Value((short)account.Traits.Code),
            Sql.Value(account.Name),
            Sql.Value(day)
        );
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(
            $"""
            insert into payments.bill (channel, account, day, digest, line_count, read_at)
            values ({channel}, {name}, {of}, {Sql.Value(digest)}, {Sql.Value(count)}, {Sql.Value(
                clock.GetUtcNow()
            )})
            on conflict (channel, account, day) do update
            set digest = excluded.digest, line_count = excluded.line_count, read_at = excluded.read_at,
                compared_at = null
            """,
            cancel
        );
        await connection.ExecuteAsync(
            $"delete from payments.bill_line where channel = {channel} and account = {name} and day = {of}",
            cancel
        );
        // Some channels name what a refund is of by their own number alone.
        await connection.ExecuteAsync(
            $"""
            insert into payments.bill_line (
                channel, account, day, position, is_refund, out_no, reference, payment_out_no, minor, currency, fee_minor)
            select {channel}, {name}, {of}, r.position, r.is_refund, r.out_no, r.reference,
                coalesce(r.payment_out_no, p.out_no), r.minor, r.currency, r.fee_minor
            from bill_reading r
            left join payments.payment p
                on p.channel = {channel} and p.account = {name} and p.reference = r.payment_reference
            """,
            cancel
        );
        await transaction.CommitAsync(cancel);
    }
}

/// <summary>A bill can't be read to its end.</summary>
internal sealed class BillBrokenException(Exception cause)
    : Exception($"It breaks off: {cause.GetType().Name}", cause);
