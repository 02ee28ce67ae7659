using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Catalog.Import;

/// <summary>What may be imported, and how patiently. Section <c>Catalog:Import</c>.</summary>
public sealed class ImportOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Catalog:Import";

    /// <summary>Bytes of one file, as it is sent; a million SKUs are 60 MB. 512 MiB.</summary>
    [Range(1024, 8L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>Rows of one file: what a few kilobytes of gzip unfold to is bounded as well.</summary>
    [Range(1, 100_000_000)]
    public int MaxRows { get; init; } = 2_000_000;

    /// <summary>
    /// From where files may be fetched: addresses with a path, separated by spaces, such as
    /// <c>https://feeds.example.com/shop/</c>. Empty: from nowhere. A client that can have a server fetch any address
    /// can look into the network behind it.
    /// </summary>
    public string Sources { get; init; } = "";

    /// <summary>How long fetching one file may take, its last byte included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After this, an import whose worker says nothing is another's. Renewed three times as often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long files, and the errors of imports, are kept. A month: until the next monthly file shows what was wrong.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
