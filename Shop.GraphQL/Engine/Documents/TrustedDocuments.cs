using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>The documents that are registered: ours, and those of the operator's own clients.</summary>
internal sealed class TrustedDocuments
{
    private readonly FrozenDictionary<string, TrustedDocument> _byId;
    private readonly FrozenSet<string> _texts;

    /// <exception cref="InvalidDataException">The operator's file is none that we can read.</exception>
    public TrustedDocuments(IEnumerable<TrustedDocument> ours, IOptions<DocumentOptions> options)
    {
        All =
        [
            .. ours.Concat(options.Value.Manifest is { } path ? DocumentManifest.Read(path) : [])
                .DistinctBy(document => document.Id),
        ];
        _byId = All.ToFrozenDictionary(document => document.Id, StringComparer.Ordinal);
        _texts = All.Select(document => document.Text).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Each of them.</summary>
    public IReadOnlyList<TrustedDocument> All { get; }

    /// <summary>The document of an id; null where none has it.</summary>
    public TrustedDocument? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether a text is one of them, letter by letter.</summary>
    public bool Contains(string text) => _texts.Contains(text);
}
