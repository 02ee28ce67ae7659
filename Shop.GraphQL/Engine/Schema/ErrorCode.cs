namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Every value of <c>extensions.code</c> in a response's <c>errors</c>. A client may rely on them: one is never
/// renamed and never given a second meaning.
/// </summary>
internal static class ErrorCode
{
    /// <summary>The request is no GraphQL request: its body, its parameters or its media type.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The request names a currency that the shop does not sell in, or whose exchange rate it does not know yet.</summary>
    public const string CurrencyNotOffered = "CURRENCY_NOT_OFFERED";

    /// <summary>The request has a credential that the shop does not accept, or needs one and has none.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The customer is known, and this is not theirs to do.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>The node has more clients than it can bear, a store is away or has no room, other work was in the way, or a rule of the operator's lets no more in; try again in a moment.</summary>
    public const string Throttled = "THROTTLED";

    /// <summary>The document cannot be parsed.</summary>
    public const string SyntaxError = "SYNTAX_ERROR";

    /// <summary>The document does not fit the schema, or a variable or argument is not acceptable.</summary>
    public const string ValidationFailed = "VALIDATION_FAILED";

    /// <summary>The document has no operation of that name, or several and no name was given.</summary>
    public const string OperationNotFound = "OPERATION_NOT_FOUND";

    /// <summary>This kind of operation is not served this way: a mutation by GET, a subscription by plain POST.</summary>
    public const string OperationNotAllowed = "OPERATION_NOT_ALLOWED";

    /// <summary>The request is too large: <c>extensions.limit</c> says in what.</summary>
    public const string LimitExceeded = "LIMIT_EXCEEDED";

    /// <summary>The request costs too much; ask for smaller pages, or for less of each thing.</summary>
    public const string CostExceeded = "COST_EXCEEDED";

    /// <summary>This shop does not tell its schema to clients; it is in the repository.</summary>
    public const string IntrospectionDisabled = "INTROSPECTION_DISABLED";

    /// <summary>A request names a document that is not registered.</summary>
    public const string DocumentNotFound = "DOCUMENT_NOT_FOUND";

    /// <summary>This shop runs registered documents only, and this is none.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";

    /// <summary>No client has registered a document of this hash yet; send it along, once.</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>Clients cannot register documents here; send it without a hash.</summary>
    public const string PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED";

    /// <summary>What a subscription names does not exist, or is not yours to see.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>An id is malformed, or names another kind of thing.</summary>
    public const string InvalidId = "INVALID_ID";

    /// <summary>A cursor was not made by this list.</summary>
    public const string InvalidCursor = "INVALID_CURSOR";

    /// <summary>The operation took longer than the shop allows.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The search engine is away, and nothing stands in for it; try again after <c>extensions.retryAfter</c> seconds.</summary>
    public const string SearchUnavailable = "SEARCH_UNAVAILABLE";

    /// <summary>A subscriber read its events too slowly and was let go.</summary>
    public const string SlowConsumer = "SLOW_CONSUMER";

    /// <summary>A fault of ours. The log has it under the <c>traceId</c>.</summary>
    public const string Internal = "INTERNAL";
}
