using GraphQL.Execution;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>What there can be too much of. Clients see the names (<c>extensions.limit</c>): one is never renamed.</summary>
internal enum Limit
{
    Cost,
    DocumentLength,
    Selections,
    Depth,
    Aliases,
    RootFields,
    RootMutations,
    IntrospectionDepth,
    Variables,
    VariableValues,
    Representations,
    SocketOperations,
    AddressOperations,
    Errors,
    AnswerBytes,
}

/// <summary>A request asks for more than it may; nothing of it was run.</summary>
internal sealed class LimitExceeded : RequestError
{
    public LimitExceeded(Limit limit, long allowed, long requested)
        : base(TextOf(limit, allowed, requested))
    {
        Code = limit == Limit.Cost ? ErrorCode.CostExceeded : ErrorCode.LimitExceeded;
        Limit = limit;
        Allowed = allowed;
        Requested = requested;
    }

    /// <summary>Too much of what.</summary>
    public Limit Limit { get; }

    /// <summary>How much would do.</summary>
    public long Allowed { get; }

    /// <summary>How much it is, or any higher number where it is past counting.</summary>
    public long Requested { get; }

    /// <exception cref="LimitExceeded">More is requested than is allowed.</exception>
    public static void Hold(Limit limit, long allowed, long requested)
    {
        if (requested > allowed)
        {
            throw new LimitExceeded(limit, allowed, requested);
        }
    }

    private static string TextOf(Limit limit, long allowed, long requested) =>
        limit switch
        {
            Limit.Cost => $"A request may cost {allowed}; this one costs {requested}.",
            Limit.DocumentLength => $"A document may have {allowed} characters; it has {requested}.",
            Limit.Selections => $"A document may select {allowed} fields; it selects {requested}.",
            Limit.Depth => $"An operation may nest {allowed} fields; it nests {requested}.",
            Limit.Aliases => $"An operation may have {allowed} aliases; it has {requested}.",
            Limit.RootFields => $"A query may have {allowed} root fields; it has {requested}.",
            Limit.RootMutations => $"A mutation may have {allowed} root fields; it has {requested}.",
            Limit.IntrospectionDepth =>
                $"Introspection may nest {allowed} lists of members; it nests {requested}.",
            Limit.Variables => $"An operation may have {allowed} variables; it has {requested}.",
            Limit.VariableValues => $"Variables may hold {allowed} values; they hold {requested}.",
            Limit.Representations =>
                $"One `_entities` may have {allowed} representations; it has {requested}.",
            Limit.SocketOperations => $"A connection may have {allowed} operations open.",
            Limit.AddressOperations => $"The connections of an address may have {allowed} operations open.",
            Limit.Errors => $"An answer may tell {allowed} errors; there are {requested}.",
            Limit.AnswerBytes => $"An answer may have {allowed} bytes; this one has more.",
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "No such limit."),
        };
}
