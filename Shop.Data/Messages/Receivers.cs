using System.Collections.Frozen;

namespace Shop.Data.Messages;

/// <summary>
/// Which contexts hear what: a message is written once for each of them. Every process that writes messages has to have it,
/// also one that delivers none.
/// </summary>
/// <param name="hearings">Topics, each with a context that hears it.</param>
/// <param name="outside">Whether others outside of the shop hear of what is written anyway.</param>
public sealed class Receivers(IEnumerable<(string Topic, string Receiver)> hearings, bool outside = false)
{
    private readonly FrozenDictionary<string, string[]> _byTopic = hearings
        .GroupBy(hearing => hearing.Topic, hearing => hearing.Receiver)
        .ToFrozenDictionary(topic => topic.Key, topic => topic.ToArray());

    /// <summary>
    /// What a row that others outside hear of has in its column <c>tx</c>: the transaction that writes it, asked for once in a
    /// statement; null where nobody outside hears of it.
    /// </summary>
    internal SqlText Transaction { get; } =
        Sql.Raw(outside ? "(select pg_current_xact_id()::text::bigint)" : "null::bigint");

    /// <summary>The contexts that hear a message; of a fact, maybe none.</summary>
    /// <exception cref="InvalidOperationException">It is a request, and no context answers it.</exception>
    internal IReadOnlyList<string> Of<TMessage>()
        where TMessage : IMessage =>
        _byTopic.GetValueOrDefault(TMessage.Topic)
        ?? (
            typeof(TMessage).IsAssignableTo(typeof(IRequest))
                ? throw new InvalidOperationException($"No context answers {TMessage.Topic}.")
                : []
        );
}
