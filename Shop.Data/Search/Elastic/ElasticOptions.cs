using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Search.Elastic;

/// <summary>An Elasticsearch that finds products in the place of PostgreSQL. Section <c>Search:Elastic</c>.</summary>
public sealed class ElasticOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Search:Elastic";

    /// <summary>Its nodes, such as <c>http://search:9200</c>; none, or empty ones, for no Elasticsearch.</summary>
    public string[] Nodes { get; init; } = [];

    /// <summary>An API key of it, as Elasticsearch prints it; never logged. Null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What the names of its indexes begin with, and the name that always means the one that is searched.</summary>
    [RegularExpression("[a-z][a-z0-9-]{0,99}")]
    public string Index { get; init; } = "shop-products";

    /// <summary>Parts of an index; one holds five million SKUs.</summary>
    [Range(1, 64)]
    public int Shards { get; init; } = 1;

    /// <summary>Copies of each part on other nodes; needs as many nodes more.</summary>
    [Range(0, 8)]
    public int Replicas { get; init; }

    /// <summary>How long a search waits for it before PostgreSQL answers instead.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10", ConvertValueInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(300);

    internal IEnumerable<Uri> Addresses =>
        Nodes.Where(node => node.Length > 0).Select(node => new Uri(node, UriKind.Absolute));

    internal bool HasGoodNodes =>
        Nodes.All(node =>
            node.Length == 0
            || (
                Uri.TryCreate(node, UriKind.Absolute, out var address)
                && address.Scheme is ("http" or "https")
            )
        );
}
