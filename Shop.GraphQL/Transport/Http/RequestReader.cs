using System.Buffers;
using System.Text.Json;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// Reads requests from JSON. Strict: what is there must have the right type, for a typo is never what was meant. A text that is
/// no Unicode (bytes that are no UTF-8, half of a surrogate pair), which the framework's reader finds when it is taken out
/// and not before, makes a request as malformed as a missing brace.
/// </summary>
internal static class RequestReader
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 64 };

    /// <summary>Whether it is JSON's reader that refuses what it reads.</summary>
    public static bool IsOfJson(Exception fault) => fault is JsonException or InvalidOperationException;

    /// <summary>A body: one request, or a list of them.</summary>
    /// <exception cref="MalformedRequestException">It is neither.</exception>
    public static (IReadOnlyList<GraphRequest> Requests, bool IsBatch) ReadBody(
        in ReadOnlySequence<byte> json
    )
    {
        var reader = new Utf8JsonReader(json, _options);
        try
        {
            reader.Read();
            var isBatch = reader.TokenType == JsonTokenType.StartArray;
            IReadOnlyList<GraphRequest> requests = isBatch ? ReadAll(ref reader) : [ReadOne(ref reader)];
            // Throws where something follows.
            reader.Read();
            return (requests, isBatch);
        }
        catch (Exception fault) when (IsOfJson(fault))
        {
            throw new MalformedRequestException($"The body is not valid JSON: {fault.Message}");
        }
    }

    /// <summary>The payload of a message: one request.</summary>
    /// <exception cref="MalformedRequestException">It is none.</exception>
    public static GraphRequest ReadPayload(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, _options);
        reader.Read();
        return ReadOne(ref reader);
    }

    /// <summary>A parameter of a GET that holds a JSON object; null where it is absent.</summary>
    /// <exception cref="MalformedRequestException">It holds something else.</exception>
    public static Inputs? ReadParameter(string? json, string name)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json), _options);
        try
        {
            var inputs = ReadInputs(ref reader, name);
            reader.Read();
            return inputs;
        }
        catch (Exception fault) when (IsOfJson(fault))
        {
            throw new MalformedRequestException($"`{name}` is not valid JSON: {fault.Message}");
        }
    }

    private static List<GraphRequest> ReadAll(ref Utf8JsonReader reader)
    {
        var requests = new List<GraphRequest>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            requests.Add(ReadOne(ref reader));
        }

        return requests.Count > 0 ? requests : throw new MalformedRequestException("The batch is empty.");
    }

    private static GraphRequest ReadOne(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedRequestException("A request must be a JSON object.");
        }

        string? query = null;
        string? documentId = null;
        string? operationName = null;
        Inputs? variables = null;
        Inputs? extensions = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("query"u8))
            {
                query = ReadText(ref reader, "query");
            }
            else if (reader.ValueTextEquals("documentId"u8))
            {
                documentId = ReadText(ref reader, "documentId");
            }
            else if (reader.ValueTextEquals("operationName"u8))
            {
                operationName = ReadText(ref reader, "operationName");
            }
            else if (reader.ValueTextEquals("variables"u8))
            {
                variables = ReadInputs(ref reader, "variables");
            }
            else if (reader.ValueTextEquals("extensions"u8))
            {
                extensions = ReadInputs(ref reader, "extensions");
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return Of(query, documentId, operationName, variables, extensions);
    }

    /// <summary>A request of these parts.</summary>
    /// <exception cref="MalformedRequestException">It neither has a document nor names one.</exception>
    public static GraphRequest Of(
        string? query,
        string? documentId,
        string? operationName,
        Inputs? variables,
        Inputs? extensions
    )
    {
        var isNamed = documentId is not null || extensions?.GetValueOrDefault("persistedQuery") is not null;
        return string.IsNullOrEmpty(query) && !isNamed
            ? throw new MalformedRequestException("`query` is missing.")
            : new(
                string.IsNullOrEmpty(query) ? null : query,
                documentId,
                operationName,
                variables,
                extensions
            );
    }

    private static string? ReadText(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new MalformedRequestException($"`{name}` must be a string."),
        };
    }

    private static Inputs? ReadInputs(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new Inputs(ReadObject(ref reader)),
            JsonTokenType.Null => null,
            _ => throw new MalformedRequestException($"`{name}` must be an object."),
        };
    }

    private static Dictionary<string, object?> ReadObject(ref Utf8JsonReader reader)
    {
        var members = new Dictionary<string, object?>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            members[name] = ReadValue(ref reader);
        }

        return members;
    }

    private static List<object?> ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return items;
    }

    private static object? ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader),
            JsonTokenType.StartArray => ReadList(ref reader),
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
            // JSON has one kind of numbers: 1.0 and 1e0 are 1.
            JsonTokenType.Number when reader.TryGetDecimal(out var number) && IsInt32(number) => (int)number,
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
            JsonTokenType.Number => ReadLarge(ref reader),
            _ => null,
        };

    private static bool IsInt32(decimal number) =>
        decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue;

    private static double ReadLarge(ref Utf8JsonReader reader) =>
        reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new JsonException("A number is too large.");
}
