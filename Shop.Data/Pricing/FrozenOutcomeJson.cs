using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing;

/// <summary>
/// Without names, in the order of <see cref="FrozenOutcome"/>, and no further than there is something to say,
/// <c>[17,"Half price",1,450]</c>: an order may have dozens.
/// </summary>
internal sealed class FrozenOutcomeJson : JsonConverter<FrozenOutcome>
{
    public override FrozenOutcome Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        reader.Read();
        var id = new PromotionId(reader.GetInt64());
        reader.Read();
        var title = reader.GetString()!;
        reader.Read();
        var stage = (PromotionStage)reader.GetInt32();
        reader.Read();
        var minor = reader.GetInt64();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new(id, title, stage, minor, null, null);
        }

        var code = reader.GetString();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new(id, title, stage, minor, code, null);
        }

        var hindrance = JsonSerializer.Deserialize<FrozenHindrance>(ref reader, options);
        reader.Read();
        return new(id, title, stage, minor, code, hindrance);
    }

    public override void Write(Utf8JsonWriter writer, FrozenOutcome value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Id.Value);
        writer.WriteStringValue(value.Title);
        writer.WriteNumberValue((int)value.Stage);
        writer.WriteNumberValue(value.Minor);
        if (value.Code is not null || value.Hindrance is not null)
        {
            writer.WriteStringValue(value.Code);
        }

        if (value.Hindrance is { } hindrance)
        {
            JsonSerializer.Serialize(writer, hindrance, options);
        }

        writer.WriteEndArray();
    }
}

/// <summary>As a pair, <c>[3,120]</c>: a line may have dozens.</summary>
internal sealed class FrozenDiscountJson : JsonConverter<FrozenDiscount>
{
    public override FrozenDiscount Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        reader.Read();
        var place = reader.GetInt32();
        reader.Read();
        var minor = reader.GetInt64();
        reader.Read();
        return new(place, minor);
    }

    public override void Write(Utf8JsonWriter writer, FrozenDiscount value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Place);
        writer.WriteNumberValue(value.Minor);
        writer.WriteEndArray();
    }
}
