using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Load.Replay;

/// <summary>What one client buys: a cart and an order.</summary>
/// <param name="Number">As in the file.</param>
/// <param name="Customer">A number; empty for a guest.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Lines">1 to 200, a SKU at most once.</param>
internal sealed record Invoice(
    string Number,
    string Customer,
    string CountryCode,
    IReadOnlyList<(string Sku, int Quantity)> Lines
)
{
    /// <summary>The most lines of a cart (<c>Cart.lines</c> in the schema).</summary>
    public const int MaxLines = 200;

    /// <summary>The most units of one SKU in a cart.</summary>
    public const int MaxQuantity = 10_000;

    /// <summary>Where orders are sent to: an address of the reserved domain, so that no letter ever arrives.</summary>
    public string Email =>
        Customer.Length > 0 ? $"customer-{Customer}@example.com" : $"guest-{Number}@example.com";

    /// <summary>
    /// The key of <c>orderPlace</c>: the same for the same invoice of the same run, however often it is sent and from
    /// whichever process. A UUID of version 8 (RFC 9562) over both names.
    /// </summary>
    public Guid KeyIn(string run)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{run}\n{Number}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Makes a purchase of an invoice's rows; what can't be played is counted.</summary>
    /// <returns>Null where nothing is left to buy.</returns>
    public static Invoice? Of(IReadOnlyList<OrderRow> rows, FrozenSet<string> sold, Skipped skipped)
    {
        var first = rows[0];
        if (first.Invoice.StartsWith('C'))
        {
            skipped.Add(Skipped.Cancellation);
            return null;
        }

        var lines = AddUp(rows, sold, skipped);
        if (lines.Count == 0)
        {
            skipped.Add(Skipped.NothingLeft);
            return null;
        }

        return new(first.Invoice, first.Customer, Countries.Code(first.Country), lines);
    }

    private static List<(string Sku, int Quantity)> AddUp(
        IReadOnlyList<OrderRow> rows,
        FrozenSet<string> sold,
        Skipped skipped
    )
    {
        var quantities = new OrderedDictionary<string, long>();
        foreach (var row in rows)
        {
            if (row.Quantity is not { } quantity)
            {
                skipped.Add(Skipped.Unreadable);
            }
            else if (quantity < 1)
            {
                skipped.Add(Skipped.NoQuantity);
            }
            else if (!sold.Contains(row.Sku))
            {
                skipped.Add(Skipped.UnknownSku);
            }
            else if (quantities.TryGetValue(row.Sku, out var sum))
            {
                skipped.Add(Skipped.Merged);
                quantities[row.Sku] = sum + quantity;
            }
            else if (quantities.Count == MaxLines)
            {
                skipped.Add(Skipped.NoRoom);
            }
            else
            {
                quantities.Add(row.Sku, quantity);
            }
        }

        var lines = new List<(string Sku, int Quantity)>(quantities.Count);
        foreach (var (sku, quantity) in quantities)
        {
            if (quantity > MaxQuantity)
            {
                skipped.Add(Skipped.TooMany);
            }
            else
            {
                lines.Add((sku, int.CreateChecked(quantity)));
            }
        }

        return lines;
    }
}
