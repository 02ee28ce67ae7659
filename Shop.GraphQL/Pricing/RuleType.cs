using GraphQL.Types;

namespace Shop.GraphQL.Pricing;

/// <summary>A part of a promotion as staff reads it: the same fields under the same names as where they write it.</summary>
internal sealed class RuleType<TInput> : AutoRegisteringObjectGraphType<TInput>
{
    public RuleType() => Name = typeof(TInput).Name.Replace("Input", "Rule", StringComparison.Ordinal);
}
