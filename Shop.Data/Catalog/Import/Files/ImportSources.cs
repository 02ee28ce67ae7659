using Microsoft.Extensions.Options;

namespace Shop.Data.Catalog.Import.Files;

/// <summary>The places from which files may be fetched; see <see cref="ImportOptions.Sources"/>.</summary>
public sealed class ImportSources(IOptions<ImportOptions> options)
{
    private readonly Uri[] _sources = Read(options.Value.Sources) ?? [];

    /// <summary>Whether an address lies below one of them. One that brings a name or a password along never does.</summary>
    public bool Allow(Uri address) =>
        address.UserInfo.Length == 0
        && _sources.Any(source =>
            source.Scheme == address.Scheme
            && source.Port == address.Port
            && source.IdnHost == address.IdnHost
            && address.AbsolutePath.StartsWith(source.AbsolutePath, StringComparison.Ordinal)
        );

    /// <summary>The addresses of a setting; null where one of them is none, or has no path that ends with a slash.</summary>
    internal static Uri[]? Read(string setting)
    {
        var words = setting.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sources = words
            .Select(word => Uri.TryCreate(word, UriKind.Absolute, out var source) ? source : null)
            .OfType<Uri>()
            .Where(source =>
                (source.Scheme == Uri.UriSchemeHttps || source.Scheme == Uri.UriSchemeHttp)
                && source is { UserInfo: "", Query: "", Fragment: "" }
                && source.AbsolutePath.EndsWith('/')
            )
            .ToArray();
        return sources.Length == words.Length ? sources : null;
    }
}
