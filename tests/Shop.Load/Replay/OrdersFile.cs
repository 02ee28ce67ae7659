using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using CsvHelper;

namespace Shop.Load.Replay;

/// <summary>Streams an orders file (CSV with a header, plain or gzip), whatever its size.</summary>
internal sealed class OrdersFile : IDisposable
{
    /// <summary>
    /// Invoices that are still open for more lines. The lines of one invoice stand together but for a few that were
    /// entered in the same minute as another's.
    /// </summary>
    private const int OpenInvoices = 4;

    private readonly FileStream _file;
    private readonly StreamReader _text;

    /// <exception cref="UsageException">It can't be opened.</exception>
    public OrdersFile(string path)
    {
        try
        {
            _file = File.OpenRead(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(fault.Message);
        }

        _text = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(_file, CompressionMode.Decompress)
                : _file
        );
    }

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Fraction => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>The rows of one invoice after the other, in the order in which the invoices begin.</summary>
    public IAsyncEnumerable<IReadOnlyList<OrderRow>> InvoicesAsync(CancellationToken cancel = default) =>
        GroupAsync(RowsAsync(cancel), cancel);

    /// <summary>Puts rows together that belong to one invoice.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<OrderRow>> GroupAsync(
        IAsyncEnumerable<OrderRow> rows,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        var open = new List<List<OrderRow>>(OpenInvoices + 1);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var invoice = open.FindLast(invoice => invoice[0].Invoice == row.Invoice);
            if (invoice is not null)
            {
                invoice.Add(row);
                continue;
            }

            open.Add([row]);
            if (open.Count > OpenInvoices)
            {
                yield return open[0];
                open.RemoveAt(0);
            }
        }

        foreach (var invoice in open)
        {
            yield return invoice;
        }
    }

    public void Dispose() => _text.Dispose();

    private async IAsyncEnumerable<OrderRow> RowsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var csv = new CsvReader(_text, CultureInfo.InvariantCulture, leaveOpen: true);
        if (!await csv.ReadAsync() || !csv.ReadHeader())
        {
            yield break;
        }

        while (await csv.ReadAsync())
        {
            cancel.ThrowIfCancellationRequested();
            yield return new(
                Column(csv, "invoice"),
                Column(csv, "customer"),
                Column(csv, "country"),
                Column(csv, "sku"),
                int.TryParse(Column(csv, "quantity"), CultureInfo.InvariantCulture, out var quantity)
                    ? quantity
                    : null
            );
        }
    }

    private static string Column(CsvReader csv, string name) =>
        csv.TryGetField<string>(name, out var value) && value is not null
            ? value.Trim()
            : throw new UsageException($"Line {csv.Parser.RawRow} has no {name}.");
}
