using System.Text.Json;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>A message of graphql-transport-ws from a client.</summary>
/// <param name="Type">Its kind, such as <c>subscribe</c>.</param>
/// <param name="Id">The operation it speaks of, where it speaks of one.</param>
/// <param name="Request">What to run, for <c>subscribe</c>.</param>
/// <param name="Said">What <c>connection_init</c> says in place of headers; null for any other.</param>
/// <param name="Refusal">Why what it wants to run cannot be read: that operation's fault, and no other's.</param>
internal sealed record ClientMessage(
    string Type,
    string? Id,
    GraphRequest? Request = null,
    InitPayload.Among? Said = null,
    string? Refusal = null
)
{
    /// <exception cref="ProtocolException">It is no such message.</exception>
    public static ClientMessage Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Parse(json);
        }
        catch (Exception fault) when (RequestReader.IsOfJson(fault) || fault is MalformedRequestException)
        {
            throw new ProtocolException(CloseReason.NotUnderstood);
        }
    }

    private static ClientMessage Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        string? type = null;
        string? id = null;
        var payload = default(Range);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("payload"u8))
            {
                payload = ReadPayload(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // Throws where something follows.
        reader.Read();
        Expect(type is not null);
        switch (type)
        {
            case "subscribe":
                Expect(id is not null);
                return ReadSubscribe(id!, json[payload]);
            case "connection_init":
                return new(type, id, Said: InitPayload.Read(json[payload]));
            default:
                return new(type!, id);
        }
    }

    // Braces and commas have been found right: what JSON's reader still refuses is a text or a number in the payload.
    private static ClientMessage ReadSubscribe(string id, ReadOnlySpan<byte> payload)
    {
        Expect(!payload.IsEmpty);
        try
        {
            return new("subscribe", id, RequestReader.ReadPayload(payload));
        }
        catch (Exception fault) when (RequestReader.IsOfJson(fault))
        {
            return new("subscribe", id, Refusal: $"The payload is not valid JSON: {fault.Message}");
        }
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
        var text = reader.GetString()!;
        Expect(text.Length > 0);
        return text;
    }

    // Where it stands: `type`, which tells whether it is a request, may come after it.
    private static Range ReadPayload(ref Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null);
        var start = (int)reader.TokenStartIndex;
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? default : start..(int)reader.BytesConsumed;
    }

    private static void Expect(bool isSo)
    {
        if (!isSo)
        {
            throw new ProtocolException(CloseReason.NotUnderstood);
        }
    }
}
