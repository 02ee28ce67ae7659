using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>
/// A part of what an operation costs: a number, or a sum, product or choice that its variables decide. Past a milliard it is
/// a milliard: no limit is as high, and nothing overflows.
/// </summary>
internal sealed class CostPart
{
    private const long Endless = 1_000_000_000;

    private readonly Func<IValidationResult, long>? _of;
    private readonly long _number;

    private CostPart(long number) => _number = Math.Min(Endless, number);

    private CostPart(Func<IValidationResult, long> of) => _of = of;

    /// <summary>What costs nothing.</summary>
    public static CostPart Nothing { get; } = new(0);

    private bool IsFixed => _of is null;

    /// <summary>What always costs the same.</summary>
    public static CostPart Fixed(long number) => new(number);

    /// <summary>All of these.</summary>
    public static CostPart Sum(IEnumerable<CostPart> parts)
    {
        var all = parts.ToList();
        var known = Fixed(all.Where(part => part.IsFixed).Sum(part => part._number));
        CostPart[] open = [.. all.Where(part => !part.IsFixed)];
        return open.Length == 0
            ? known
            : new(inputs =>
            {
                var sum = known._number;
                foreach (var part in open)
                {
                    sum = Math.Min(Endless, sum + part.Of(inputs));
                }

                return sum;
            });
    }

    /// <summary>One of these, and it is not known which: the dearest.</summary>
    public static CostPart Max(IReadOnlyList<CostPart> parts) =>
        parts.All(part => part.IsFixed)
            ? Fixed(parts.Select(part => part._number).DefaultIfEmpty().Max())
            : new(inputs => parts.Max(part => part.Of(inputs)));

    /// <summary>This, as often as a list is long.</summary>
    public CostPart Times(ListLength length) =>
        IsFixed && length.Number is { } number
            ? Fixed(_number * number)
            : new(inputs => Math.Min(Endless, Of(inputs) * length.Of(inputs)));

    /// <summary>This, unless the part of the document says <c>@skip</c> or does not say <c>@include</c>.</summary>
    public CostPart Unless(ASTNode part) => new(inputs => IsLeftOut(part, inputs) ? 0 : Of(inputs));

    /// <summary>What it costs with these inputs.</summary>
    public long Of(IValidationResult inputs) => _of is null ? _number : _of(inputs);

    private static bool IsLeftOut(ASTNode part, IValidationResult inputs)
    {
        var directives = inputs.DirectiveValues![part];
        return (directives.TryGetValue("skip", out var skip) && skip.GetArgument<bool>("if"))
            || (directives.TryGetValue("include", out var include) && !include.GetArgument<bool>("if"));
    }
}
