using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.GraphQL.Admission.Breakers;

namespace Shop.GraphQL.Admission;

/// <summary>A file of rules as it is written: docs/operations/rules.md says what each member means.</summary>
internal sealed record RuleText(
    string Version,
    IReadOnlyList<DenyText>? Deny = null,
    IReadOnlyList<FlowText>? Flow = null,
    IReadOnlyList<HotText>? Hot = null,
    IReadOnlyList<SubjectText>? Subjects = null,
    SystemText? System = null,
    ClassesText? Classes = null,
    IReadOnlyList<BreakerText>? Breakers = null
)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads it; a member that is not known is refused, since a limit with a typo would be none.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static RuleText Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<RuleText>(json, _json)
                ?? throw new InvalidDataException("A file of rules is a JSON object.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}

/// <summary>Whom a rule is about: guests, customers who have signed in, or staff at its own schema.</summary>
internal enum Who
{
    Guest,
    Customer,
    Staff,
}

/// <summary>Where the points of a rule are counted: by each node for itself, or by all nodes together.</summary>
internal enum RuleScope
{
    Node,
    Cluster,
}

/// <summary>Nobody from there, or of that kind, or both, is let in.</summary>
internal sealed record DenyText(string Id, string? Address = null, Who? Who = null);

/// <summary>So many of an operation in a second.</summary>
internal sealed record FlowText(
    string Id,
    string Operation,
    double PerSecond,
    double? Burst = null,
    TimeSpan WarmUp = default,
    RuleScope Scope = RuleScope.Node
);

/// <summary>So many of an operation in a second for each value of one of its arguments, and as many for some.</summary>
internal sealed record HotText(
    string Id,
    string Operation,
    string Value,
    double PerSecond,
    double? Burst = null,
    IReadOnlyDictionary<string, double>? Except = null
);

/// <summary>So much cost for each one who asks.</summary>
internal sealed record SubjectText(
    string Id,
    double Points,
    double PerSecond,
    Who? Who = null,
    int CartsPerAddress = 20
);

/// <summary>Between what the number of operations moves that may run at once.</summary>
internal sealed record SystemText(int Min = 8, int Max = 512, double Tolerance = 2);

/// <summary>How much of that may be full before those of a class.</summary>
internal sealed record ClassesText(
    double Order = 1,
    double Cart = 0.9,
    double Staff = 0.9,
    double Browse = 0.7,
    double Import = 0.5
)
{
    /// <summary>Of one class.</summary>
    public double Of(WorkClass work) =>
        work switch
        {
            WorkClass.Order => Order,
            WorkClass.Cart => Cart,
            WorkClass.Staff => Staff,
            WorkClass.Browse => Browse,
            WorkClass.Import => Import,
            _ => throw new UnreachableException(),
        };
}
