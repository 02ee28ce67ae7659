namespace Shop.Load.Fuzz;

/// <summary>A value as documents write it, and as JSON does.</summary>
internal readonly record struct FuzzValue(string Literal, string Json)
{
    public static FuzzValue Same(string written) => new(written, written);
}

/// <summary>Makes values for arguments: most of the right type, some of any.</summary>
/// <param name="schema">Of which schema.</param>
/// <param name="random">The same seed makes the same values.</param>
/// <param name="known">Ids that the shop has given out.</param>
internal sealed class FuzzValues(FuzzSchema schema, Random random, IReadOnlyList<string> known)
{
    private const int MaxDepth = 4;

    /// <summary>A value for an argument or a field of an input.</summary>
    public FuzzValue For(FuzzInput input, int depth = 0)
    {
        if (random.Next(20) == 0)
        {
            return Any(depth);
        }

        if (!input.Type.IsRequired && random.Next(12) == 0)
        {
            return FuzzValue.Same("null");
        }

        return input.Type.IsList ? List(input, depth) : One(input, depth);
    }

    private FuzzValue List(FuzzInput input, int depth)
    {
        var count = random.Next(10) == 0 ? random.Next(120) : random.Next(4);
        var items = Enumerable
            .Range(0, depth > 1 ? Math.Min(count, 3) : count)
            .Select(_ => One(input, depth));
        return Join('[', items, ']');
    }

    private FuzzValue One(FuzzInput input, int depth) =>
        input.Type.Name switch
        {
            "Int" or "Float" => FuzzValue.Same(Pick(FuzzTexts.Numbers)),
            "Boolean" => FuzzValue.Same(random.Next(2) == 0 ? "true" : "false"),
            "ID" => Text(Id()),
            "String" when input.Name is "after" or "before" => Text(Cursor()),
            "Decimal" => random.Next(2) == 0
                ? Text(Pick(FuzzTexts.Numbers))
                : FuzzValue.Same(Pick(FuzzTexts.Numbers)),
            "DateTime" => Text(
                Pick(
                    "2026-03-01T09:30:00Z",
                    "0001-01-01T00:00:00Z",
                    "0001-01-01T00:00:00+14:00",
                    "9999-12-31T23:59:59.9999999-14:00",
                    "2026-02-30T00:00:00Z"
                )
            ),
            "UUID" => Text(Uuid()),
            "CountryCode" => Text(Pick("GB", "DE", "XX", "gb", "")),
            "URL" => Text(
                Pick("https://localhost:1/a.csv", "http://a", "javascript:1", "http://[::1", "https://a/\0")
            ),
            "_Any" => Reference(depth),
            _ => OfType(input.Type.Name, depth),
        };

    private FuzzValue OfType(string name, int depth)
    {
        if (schema.Types.GetValueOrDefault(name) is not { } type || depth > MaxDepth)
        {
            return Text(Pick(FuzzTexts.Texts));
        }

        if (type.Values.Count > 0)
        {
            var value = random.Next(12) == 0 ? "NO_SUCH_VALUE" : type.Values[random.Next(type.Values.Count)];
            return new(value, FuzzTexts.Quoted(value));
        }

        if (type.Inputs.Count == 0)
        {
            return Text(Pick(FuzzTexts.Texts));
        }

        // An input that takes one of its fields has none that is required.
        var isOneOf = type.Inputs.All(field => !field.Type.IsRequired) && random.Next(3) > 0;
        var only = random.Next(type.Inputs.Count);
        var members = type
            .Inputs.Where(
                (field, at) =>
                    isOneOf ? at == only
                    : field.Type.IsRequired ? random.Next(40) > 0
                    : random.Next(3) == 0
            )
            .Select(field => Member(field.Name, For(field, depth + 1)));
        return Join('{', members, '}');
    }

    private FuzzValue Reference(int depth)
    {
        var type = Pick("Product", "ProductVariant", "Category", "Order", "Cart", "Customer", "Query", "\0");
        var key = Pick("id", "slug", "sku", "number", "a");
        return Join(
            '{',
            [
                Member("__typename", Text(type)),
                Member(
                    key,
                    random.Next(6) == 0 ? Any(depth + 1) : Text(key == "id" ? Id() : Pick(FuzzTexts.Texts))
                ),
            ],
            '}'
        );
    }

    private FuzzValue Any(int depth) =>
        random.Next(depth > MaxDepth ? 4 : 6) switch
        {
            0 => FuzzValue.Same(Pick(FuzzTexts.Numbers)),
            1 => Text(Pick(FuzzTexts.Texts)),
            2 => FuzzValue.Same(Pick("null", "true", "false")),
            3 => new("ANY", "\"ANY\""),
            4 => Join('[', [Any(depth + 1), Any(depth + 1)], ']'),
            _ => Join('{', [Member("a", Any(depth + 1))], '}'),
        };

    private string Id() =>
        random.Next(3) > 0 && known.Count > 0 ? known[random.Next(known.Count)]
        : random.Next(4) == 0 ? Pick(FuzzTexts.Texts)
        : FuzzTexts.Hidden(
            Pick("Product", "ProductVariant", "Category", "Order", "Cart", "Customer", "OrderLine", "Book")
                + ":"
                + Pick("1", "0", "-1", "9223372036854775807", "9223372036854775808", "1-1", "a", "\0", "é")
        );

    private string Cursor() =>
        random.Next(4) == 0
            ? Pick(FuzzTexts.Texts)
            : FuzzTexts.Hidden(
                string.Join(
                    '\u001f',
                    Enumerable
                        .Range(0, 1 + random.Next(3))
                        .Select(_ => Pick("1", "a", "\0", "", "9223372036854775807", "2026-01-01"))
                )
            );

    private string Uuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return random.Next(8) == 0 ? Pick(FuzzTexts.Texts) : new Guid(bytes).ToString();
    }

    private static FuzzValue Text(string text) => FuzzValue.Same(FuzzTexts.Quoted(text));

    private static FuzzValue Member(string name, FuzzValue value) =>
        new($"{name}: {value.Literal}", $"\"{name}\": {value.Json}");

    private static FuzzValue Join(char open, IEnumerable<FuzzValue> values, char close)
    {
        var all = values.ToList();
        return new(
            $"{open}{string.Join(", ", all.Select(value => value.Literal))}{close}",
            $"{open}{string.Join(", ", all.Select(value => value.Json))}{close}"
        );
    }

    private string Pick(params ReadOnlySpan<string> of) => of[random.Next(of.Length)];
}
