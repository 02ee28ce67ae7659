using System.Collections.Frozen;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>Which columns of a file are read. Those of any other name are neither looked at nor lost: they are told.</summary>
/// <param name="currency">What the shop sells in.</param>
/// <param name="countsStock">Whether <c>stock</c> is one that is read.</param>
internal sealed class ImportColumns(string currency, bool countsStock)
{
    /// <summary>More are not told; the file is another one then than its sender thinks.</summary>
    private const int MaxNotRead = 100;

    private const string PricePrefix = "list_price_";

    private const string Stock = "stock";

    /// <summary>The one column of yes and no: in JSON Lines, <c>true</c> and <c>false</c> are values of it.</summary>
    public const string RequiresShipping = "requires_shipping";

    private static readonly FrozenSet<string> _names =
    [
        "sku",
        "product_code",
        "title",
        "description",
        "brand",
        "category",
        "tags",
        "option",
        "option_value",
        "tax_class",
        "weight_grams",
        RequiresShipping,
        Stock,
        "units_sold",
        "first_sold_on",
    ];

    private readonly SortedSet<string> _notRead = new(StringComparer.Ordinal);

    /// <summary>ISO 4217 code of all prices.</summary>
    public string Currency => currency;

    /// <summary>The column of prices, such as <c>list_price_gbp</c>.</summary>
    public string Price { get; } = PricePrefix + currency.ToLowerInvariant();

    /// <summary>Names of columns that the file has and that are not read, sorted; so far.</summary>
    public IReadOnlyCollection<string> NotRead => _notRead;

    /// <summary>Whether a column is read.</summary>
    /// <param name="name">In small letters.</param>
    public bool Reads(string name)
    {
        var isRead = name == Price || _names.Contains(name) && (countsStock || name != Stock);
        if (!isRead && _notRead.Count < MaxNotRead)
        {
            _notRead.Add(RowFault.Cut(name, RowFault.MaxText));
        }

        return isRead;
    }

    /// <summary>What is wrong with the columns of a file; null where rows can be read by them.</summary>
    public RowFault? Check(IReadOnlyList<string> columns)
    {
        var read = columns.Where(Reads).ToArray();
        var twice = read.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key;
        var absent = twice ?? new[] { "sku", "title", Price }.FirstOrDefault(name => !read.Contains(name));
        return absent is null
            ? null
            : RowFault.Of(
                ImportErrorCode.Header,
                absent,
                twice is not null ? $"there is more than one column {twice}"
                    : absent == Price ? $"there is no column {Price}, and this shop sells in {currency}"
                    : $"there is no column {absent}",
                string.Join(',', columns)
            );
    }
}
