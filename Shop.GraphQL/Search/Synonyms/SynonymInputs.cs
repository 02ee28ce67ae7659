using Shop.Data.Search;
using Shop.Data.Search.Synonyms;

namespace Shop.GraphQL.Search.Synonyms;

/// <summary>Words that shall mean the same. It is the whole truth: what is left out does not afterwards.</summary>
/// <param name="Id">Which synonym is changed; null for a new one. Just the same words and direction a second time are no second synonym.</param>
/// <param name="IfVersion">Refused unless the synonym is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="Words">Words and phrases, such as `sofa`, `couch`; 2 to 10 that differ, each of 1 to 5 words and at most 100 characters. No sign in them has a meaning of its own.</param>
/// <param name="IsOneWay">True where the first shall find the others, and not they it: `crockery` finds plates, and who asks for plates sees no cups. Left out: each finds all.</param>
internal sealed record SynonymSaveInput(
    SynonymId? Id,
    int? IfVersion,
    [property: MaxItems(SaveSynonym.MaxTexts)] IReadOnlyList<string> Words,
    bool? IsOneWay
);

/// <summary>Words that shall mean the same no more.</summary>
/// <param name="Id">Which synonym; one that is gone already is no error.</param>
internal sealed record SynonymRemoveInput(SynonymId Id);

/// <summary>What became of a synonym.</summary>
/// <param name="Replayed">True where it said the same already: nothing has changed.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Catalog)]
internal sealed record SynonymPayload(bool Replayed, [property: ListSize(1)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Which synonym it is.</summary>
    internal SynonymId? Id { get; init; }

    /// <summary>The synonym as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<Synonym?>? Synonym([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<SynonymById>().Load(id) : null;

    internal static SynonymPayload Refused(Problem problem) => new(Replayed: false, [problem]);
}

/// <summary>What became of a synonym that goes.</summary>
/// <param name="Replayed">True where it was gone already: nothing has changed.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Catalog)]
internal sealed record SynonymRemovePayload(
    bool Replayed,
    [property: ListSize(1)] IReadOnlyList<Problem> Problems
);
