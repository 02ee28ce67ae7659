using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;

namespace Shop.GraphQL.Transport.Ide;

/// <summary>One file of the IDE, ready to be sent.</summary>
/// <param name="Path">Where it is on disk.</param>
/// <param name="ContentType">By its ending.</param>
/// <param name="ChangedAt">When npm put it there.</param>
/// <param name="IsHashed">Its name changes with its content, so a browser may keep it for ever.</param>
internal sealed record IdeFile(string Path, string ContentType, DateTimeOffset ChangedAt, bool IsHashed);

/// <summary>
/// The files that a browser may have, by their address below the IDE's. Listed once: an address that is not in the
/// list is no file, so there is no way out of the folder.
/// </summary>
internal sealed class IdeFiles(string folder)
{
    private static readonly FrozenSet<string> _loose = FrozenSet.Create(
        StringComparer.Ordinal,
        "index.html",
        "favicon.ico",
        "favicon.svg",
        "apple-touch-icon.png",
        "manifest.webmanifest"
    );

    // Taken when the page is first there: npm moves a package into place as a whole.
    private FrozenDictionary<string, IdeFile>? _files;

    /// <summary>The file at an address such as <c>static/js/main.js</c>; null where there is none.</summary>
    public IdeFile? Find(string address) => Files().GetValueOrDefault(address);

    private FrozenDictionary<string, IdeFile> Files() =>
        _files
        ?? (
            File.Exists(Path.Combine(folder, "index.html"))
                ? _files = List(folder)
                : FrozenDictionary<string, IdeFile>.Empty
        );

    private static FrozenDictionary<string, IdeFile> List(string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        return Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Address: Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(file => IsHashed(file.Address) || _loose.Contains(file.Address))
            .ToFrozenDictionary(
                file => file.Address,
                file => new IdeFile(
                    file.Path,
                    types.TryGetContentType(file.Path, out var type) ? type : "application/octet-stream",
                    new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path)),
                    IsHashed(file.Address)
                ),
                StringComparer.Ordinal
            );
    }

    private static bool IsHashed(string address) => address.StartsWith("static/", StringComparison.Ordinal);
}
