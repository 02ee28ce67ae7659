using Shop.Data.Search.Synonyms;

namespace Shop.GraphQL.Search.Synonyms;

/// <summary>What staff says of words.</summary>
internal sealed class SynonymMutations(SaveSynonym saveSynonym, RemoveSynonym removeSynonym, Asker asker)
{
    /// <summary>
    /// Has words mean the same to shoppers, or changes which do. `productSearch`, `productSuggest` and `skuAggregate` go by it within a
    /// second or two, with Elasticsearch and without: nothing is indexed anew. Said twice is once.
    /// </summary>
    /// <param name="input">The words.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<SynonymPayload> SynonymSaveAsync(SynonymSaveInput input, CancellationToken cancel) =>
        await saveSynonym.RunAsync(
            new(input.Id, input.IfVersion, input.Words, input.IsOneWay ?? false, asker.Customer!.Value),
            cancel
        ) switch
        {
            SaveSynonymResult.Saved saved => new(saved.Replayed, []) { Id = saved.Id },
            SaveSynonymResult.NotFound => SynonymPayload.Refused(
                new NotFound("There is no such synonym.", ["id"], input.Id is { } id ? GlobalId.Of(id) : null)
            ),
            SaveSynonymResult.VersionConflict(var version) => SynonymPayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            SaveSynonymResult.Refused(var fault) => SynonymPayload.Refused(ProblemOf(fault)),
            var other => throw new InvalidOperationException($"{other} is no way to end."),
        };

    /// <summary>Has words mean the same no more. One that is gone already is no error.</summary>
    /// <param name="input">Which synonym.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<SynonymRemovePayload> SynonymRemoveAsync(
        SynonymRemoveInput input,
        CancellationToken cancel
    ) => new(Replayed: !await removeSynonym.RunAsync(input.Id, asker.Customer!.Value, cancel), []);

    private static InvalidInput ProblemOf(SynonymFault fault) =>
        fault switch
        {
            SynonymFault.Count => new(
                $"There have to be 2 to {SaveSynonym.MaxTexts} words or phrases that differ.",
                ["words"]
            ),
            SynonymFault.Words => new(
                $"Each has 1 to {SaveSynonym.MaxWords} words and at most {SaveSynonym.MaxLength} characters.",
                ["words"]
            ),
            SynonymFault.TooMany => new($"There are at most {SaveSynonym.MaxSynonyms} synonyms.", []),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };
}
