using System.Text;

namespace Shop.Load.Fuzz;

/// <summary>A request before it is written as JSON.</summary>
/// <param name="Document">The text; not always one that can be parsed.</param>
/// <param name="Variables">As JSON; not always JSON.</param>
/// <param name="OperationName">Null for none.</param>
/// <param name="IsSubscription">Whether it was made as one.</param>
internal sealed record FuzzRequest(
    string Document,
    string Variables,
    string? OperationName,
    bool IsSubscription
)
{
    /// <summary>As a POST sends it.</summary>
    public string Json =>
        $$"""{"query": {{FuzzTexts.Quoted(Document)}}, "variables": {{Variables}}, "operationName": {{(
            OperationName is null ? "null" : FuzzTexts.Quoted(OperationName)
        )}}}""";
}

/// <summary>Makes documents: most fit the schema, some nearly, and some have been cut, doubled or scribbled on.</summary>
internal sealed class FuzzDocuments(FuzzSchema schema, Random random, IReadOnlyList<string> known)
{
    private const int MaxDepth = 5;
    private const int MaxFields = 25;

    private readonly FuzzValues _values = new(schema, random, known);
    private readonly StringBuilder _text = new();
    private readonly List<string> _declarations = [];
    private readonly List<string> _variables = [];
    private readonly List<string> _fragments = [];
    private int _fields;

    /// <summary>The next one.</summary>
    public FuzzRequest Next()
    {
        _text.Clear();
        _declarations.Clear();
        _variables.Clear();
        _fragments.Clear();
        _fields = 0;
        var (kind, root) = schema.Operations[random.Next(6) < 3 ? 0 : random.Next(schema.Operations.Count)];
        Select(root, depth: 0, fields: kind == "subscription" && random.Next(8) > 0 ? 1 : 1 + random.Next(3));
        var name = random.Next(3) == 0 ? "A" : null;
        var head =
            $"{kind} {name}{(_declarations.Count > 0 ? $"({string.Join(", ", _declarations)})" : "")} ";
        var document = head + _text + string.Concat(_fragments);
        var operationName = random.Next(30) switch
        {
            0 => Pick(FuzzTexts.Texts),
            < 6 => name,
            _ => null,
        };
        return new(
            random.Next(4) == 0 ? Scribbled(document) : document,
            $"{{{string.Join(", ", _variables)}}}",
            operationName,
            kind == "subscription"
        );
    }

    /// <summary>A text that has been cut, doubled, or had something put into it, some times.</summary>
    public string Scribbled(string text)
    {
        for (var time = random.Next(3); time >= 0 && text.Length > 0; time--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Replace(" ", Pick("\r", "\r\n", "\n", ",", "\ufeff"), StringComparison.Ordinal),
                _ => text.Insert(at, Pick(FuzzTexts.Pieces)),
            };
        }

        return text;
    }

    private void Select(FuzzType type, int depth, int fields)
    {
        _text.Append("{ ");
        if (type.Fields.Count == 0 || random.Next(10) == 0)
        {
            _text.Append("__typename ");
        }

        for (var count = 0; count < fields && type.Fields.Count > 0; count++)
        {
            Add(type, type.Fields[random.Next(type.Fields.Count)], depth);
        }

        foreach (var possible in type.Possible.Where(_ => random.Next(3) == 0))
        {
            Spread(schema.Types[possible], depth);
        }

        if (random.Next(25) == 0)
        {
            Spread(type, depth);
        }

        _text.Append("} ");
    }

    private void Add(FuzzType parent, FuzzField field, int depth)
    {
        var type = schema.Types.GetValueOrDefault(field.Type.Name);
        var isLeaf = type is null or { Fields.Count: 0, Possible.Count: 0 };
        if (!isLeaf && (depth >= MaxDepth || _fields >= MaxFields))
        {
            _text.Append("__typename ");
            return;
        }

        _fields++;
        // A field of one name with other arguments would not merge.
        var alias = field.Arguments.Count > 0 || random.Next(12) == 0 ? $"f{_fields}: " : "";
        _text.Append(alias).Append(random.Next(100) == 0 ? parent.Name : field.Name);
        Arguments(field.Arguments);
        _text.Append(' ');
        Directive();
        if (isLeaf == (random.Next(100) == 0))
        {
            Select(isLeaf ? parent : type!, depth + 1, 1 + random.Next(4));
        }
    }

    private void Arguments(IReadOnlyList<FuzzInput> arguments)
    {
        var given = arguments
            .Where(argument => argument.Type.IsRequired ? random.Next(40) > 0 : random.Next(3) == 0)
            .Select(argument => $"{argument.Name}: {Written(argument)}")
            .ToList();
        if (given.Count > 0)
        {
            _text.Append('(').AppendJoin(", ", given).Append(')');
        }
    }

    private string Written(FuzzInput argument)
    {
        var value = _values.For(argument);
        if (random.Next(2) == 0)
        {
            return value.Literal;
        }

        var name = $"v{_declarations.Count}";
        var isDefault = random.Next(12) == 0;
        _declarations.Add(
            $"${name}: {(random.Next(40) == 0 ? "String" : argument.Type.Written)}{(isDefault ? $" = {value.Literal}" : "")}"
        );
        if (!isDefault)
        {
            _variables.Add($"\"{name}\": {value.Json}");
        }

        return $"${name}";
    }

    private void Directive()
    {
        if (random.Next(15) == 0)
        {
            _text.Append(
                Pick(
                    "@include(if: true) ",
                    "@include(if: false) ",
                    "@skip(if: true) ",
                    "@skip(if: $no) ",
                    "@skip ",
                    "@include(if: 1e400) ",
                    "@deprecated ",
                    "@noSuch(a: \"\\u0000\") "
                )
            );
        }
    }

    private void Spread(FuzzType type, int depth)
    {
        if (depth >= MaxDepth || random.Next(2) == 0)
        {
            _text.Append("... on ").Append(type.Name).Append(' ');
            Directive();
            _text.Append("{ __typename } ");
            return;
        }

        var name = $"F{_fragments.Count}";
        var inside = random.Next(10) == 0 ? $"...{name}" : "";
        _fragments.Add($"fragment {name} on {type.Name} {{ __typename {inside} }} ");
        _text.Append("...").Append(name).Append(' ');
        Directive();
    }

    private string Pick(params ReadOnlySpan<string> of) => of[random.Next(of.Length)];
}
