namespace Shop.GraphQL.Transport.Http;

/// <summary>A request that is refused before the engine sees it; the message tells the client what to mend.</summary>
/// <param name="message">For a developer.</param>
/// <param name="status">The HTTP status that says so, whatever media type is asked for.</param>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
internal abstract class RefusedRequestException(string message, int status, string code) : Exception(message)
{
    public int Status => status;

    public string Code => code;
}

/// <summary>A request that is none.</summary>
internal sealed class MalformedRequestException(string message, int status = StatusCodes.Status400BadRequest)
    : RefusedRequestException(message, status, ErrorCode.BadRequest);

/// <summary>A request for prices in a currency that the shop does not sell in.</summary>
/// <param name="message">Which ones there are.</param>
internal sealed class CurrencyRefusedException(string message)
    : RefusedRequestException(message, StatusCodes.Status400BadRequest, ErrorCode.CurrencyNotOffered);

/// <summary>A request that the shop itself could not see to its end.</summary>
internal sealed class BrokenRequestException()
    : RefusedRequestException(
        PublicError.Masked.Message,
        StatusCodes.Status500InternalServerError,
        PublicError.Masked.Code
    );

/// <summary>A request that the shop could not see to its end, as a store is away.</summary>
internal sealed class StoreAwayException()
    : RefusedRequestException(
        FieldFaults.StoreAway,
        StatusCodes.Status503ServiceUnavailable,
        ErrorCode.Throttled
    );

/// <summary>A client brings a credential that no scheme accepts.</summary>
/// <param name="isKnown">
/// It is of a kind that the shop reads, but forged, expired or revoked; a new one may help. Else it is of no such kind.
/// </param>
internal sealed class UnknownCredentialException(bool isKnown)
    : RefusedRequestException(
        isKnown
            ? "The credential is not valid, or not any more."
            : "The shop knows no such credential. Without an `Authorization` you are a guest.",
        StatusCodes.Status401Unauthorized,
        ErrorCode.Unauthenticated
    )
{
    public bool IsKnown => isKnown;
}

/// <summary>So many clients are connected that one more would cost the others.</summary>
internal sealed class TooManyConnectionsException()
    : RefusedRequestException(
        "This node has as many connections open as it may; try again in a moment.",
        StatusCodes.Status503ServiceUnavailable,
        ErrorCode.Throttled
    );

/// <summary>A page of another address opens a stream, and may not.</summary>
internal sealed class OtherOriginException()
    : RefusedRequestException(
        "Pages of this origin may not open streams here; the shop's operator lists those that may in `Http:Origins`.",
        StatusCodes.Status403Forbidden,
        ErrorCode.Forbidden
    );

/// <summary>A client asks for what is not theirs to do.</summary>
/// <param name="isGuest">Whether signing in may help.</param>
internal sealed class NotTheirsException(bool isGuest)
    : RefusedRequestException(
        isGuest ? "Sign in first." : "This is not yours to do.",
        isGuest ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden,
        isGuest ? ErrorCode.Unauthenticated : ErrorCode.Forbidden
    )
{
    public bool IsGuest => isGuest;
}
