namespace Shop.Load.Replay;

/// <summary>What of a file was not played, by reason. One thread.</summary>
internal sealed class Skipped
{
    public const string Cancellation = "invoices: cancellations";
    public const string NothingLeft = "invoices: no line left";
    public const string Unreadable = "lines: quantity not readable";
    public const string NoQuantity = "lines: quantity below 1";
    public const string UnknownSku = "lines: SKU not sold here";
    public const string Merged = "lines: SKU twice, added up";
    public const string NoRoom = "lines: cart full at 200";
    public const string TooMany = "lines: above 10,000 units";

    private readonly Dictionary<string, int> _counts = [];

    /// <summary>How many, by reason.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Add(string reason) => _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
}
