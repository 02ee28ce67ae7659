using System.Net.WebSockets;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>Why a WebSocket is closed: the codes of graphql-transport-ws, and those of RFC 6455 that we use.</summary>
/// <param name="Code">4400 and up are the protocol's.</param>
/// <param name="Text">For a developer; at most 123 bytes.</param>
internal sealed record CloseReason(int Code, string Text)
{
    public static readonly CloseReason Done = new(1000, "");
    public static readonly CloseReason NotUnderstood = new(4400, "Invalid message");
    public static readonly CloseReason OtherCurrency = new(4400, "The shop does not sell in this currency");
    public static readonly CloseReason NotInitialised = new(4401, "Unauthorized");
    public static readonly CloseReason UnknownCredential = new(4401, "No such credential is known here");
    public static readonly CloseReason InvalidCredential = new(4403, "The credential is not valid");
    public static readonly CloseReason ExpiredCredential = new(4403, "The credential has expired");
    public static readonly CloseReason OtherOrigin = new(
        4403,
        "Pages of this origin may not open streams here"
    );
    public static readonly CloseReason UnknownProtocol = new(4406, "Subprotocol not acceptable");
    public static readonly CloseReason InitTooLate = new(4408, "Connection initialisation timeout");
    public static readonly CloseReason InitTwice = new(4429, "Too many initialisation requests");
    public static readonly CloseReason TooBig = new(1009, "Message too big");
    public static readonly CloseReason TooMany = new(1013, "Too many connections; try again in a moment");
    public static readonly CloseReason GoingAway = new(1001, "The shop is restarting");
    public static readonly CloseReason Broken = new(1011, "Something broke on our side");

    /// <summary>Two operations of one id.</summary>
    public static CloseReason Duplicate(string id) =>
        new(4409, $"Subscriber for {(id.Length <= 60 ? id : "this id")} already exists");

    /// <summary>As the framework types it.</summary>
    public WebSocketCloseStatus Status => (WebSocketCloseStatus)Code;
}

/// <summary>The client broke the protocol; the connection ends.</summary>
internal sealed class ProtocolException(CloseReason reason) : Exception(reason.Text)
{
    public CloseReason Reason => reason;
}
