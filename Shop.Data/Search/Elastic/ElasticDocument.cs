using System.Text.Json;
using Shop.Data.Search.Columns;

namespace Shop.Data.Search.Elastic;

/// <summary>A product as it is written to Elasticsearch.</summary>
internal sealed record ElasticDocument
{
    private static readonly JsonSerializerOptions _wire = new(JsonSerializerDefaults.Web);

    public required long Product { get; init; }
    public required bool IsSearchable { get; init; }
    public required string Title { get; init; }
    public required string Names { get; init; }
    public required string All { get; init; }
    public required string TitleExact { get; init; }
    public required string[] Codes { get; init; }
    public required string SortTitle { get; init; }
    public required short Popularity { get; init; }

    /// <summary>In ticks of 100 ns: a date of Elasticsearch ends at milliseconds, and a page would skip what lies between.</summary>
    public required long CreatedAt { get; init; }
    public required long UpdatedAt { get; init; }
    public required string Slug { get; init; }
    public required string[] Brand { get; init; }
    public required string[] Tags { get; init; }
    public required long[] Categories { get; init; }
    public required ElasticSku[] Skus { get; init; }

    /// <summary>An option's value as one word.</summary>
    public static string OptionOf(string name, string value) => $"{name}\u001f{value}";

    /// <summary>Reads <see cref="OptionOf"/>.</summary>
    public static FacetTerm TermOf(string option)
    {
        var end = option.IndexOf('\u001f', StringComparison.Ordinal);
        return new(new(FacetKind.Option, option[..end]), option[(end + 1)..]);
    }

    /// <summary>As JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, _wire);
}

/// <summary>A SKU of it, with what conditions ask of its product.</summary>
internal sealed record ElasticSku(
    long Id,
    int Position,
    long Price,
    string Currency,
    int Available,
    int Sellable,
    string[] Options,
    long Product,
    long CreatedAt,
    long UpdatedAt,
    string Slug,
    string[] Brand,
    string[] Tags,
    long[] Categories
);
