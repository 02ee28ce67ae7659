using GraphQL.Execution;
using Shop.Data.Storage.Faults;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// What a client is told of an exception that a field, or a source of events, ends with: that the same may be sent again where
/// the request is not at fault, else only that something broke. The log has the rest.
/// </summary>
internal static class FieldFaults
{
    /// <summary>Told of an outage, wherever a request meets it.</summary>
    public const string StoreAway =
        "A store of the shop is away, or has no room; send the same request again in a moment.";

    private const string OtherWorkFirst =
        "Other work was in the way, and nothing was done; send the same request again in a moment.";

    /// <summary>Puts into the context what is told.</summary>
    public static void Tell(UnhandledExceptionContext context, ILogger log)
    {
        var (field, fault) = (context.FieldContext?.FieldDefinition.Name, context.OriginalException);
        if (Outage.Is(fault))
        {
            log.StoreAway(field, fault.Message);
            context.Exception = MayPass(StoreAway);
        }
        else if (Clash.Is(fault))
        {
            log.OtherWorkFirst(field, fault.Message);
            context.Exception = MayPass(OtherWorkFirst);
        }
        else
        {
            log.FieldFailed(field, TraceId.Current, fault);
        }
    }

    private static ExecutionError MayPass(string message) => new(message) { Code = ErrorCode.Throttled };
}
