using Shop.Data.Pricing.Codes;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Carts;

/// <summary>
/// Why no payment channel of the shop takes so much: <c>CurrencyNotSupported</c> or <c>AmountOutOfRange</c>. Null where one does,
/// where there is nothing to pay, and where the shop has no channel.
/// </summary>
/// <param name="total">What is to be paid.</param>
/// <param name="field">What of the input is to blame; null where there is none.</param>
internal delegate Problem? WhyUnpayable(Money total, IReadOnlyList<string>? field);

/// <summary>A code of a promotion is not taken, or not any more.</summary>
/// <param name="PromotionCode">The code, as the shop reads it: capitals and digits.</param>
/// <param name="Reason">Why not.</param>
internal sealed record CodeRefused(string PromotionCode, CodeRefusal Reason) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.CodeRefused;

    /// <inheritdoc cref="Problem.Message" />
    public string Message =>
        Reason switch
        {
            CodeRefusal.Unknown => $"There is no code {PromotionCode}.",
            CodeRefusal.UsedUp => $"The code {PromotionCode} is used up.",
            _ => $"The code {PromotionCode} is not taken any more.",
        };

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}

/// <summary>A price is not what it was when the shopper last put in or changed the line.</summary>
/// <param name="Previous">What one unit cost then.</param>
/// <param name="Current">What one unit costs now.</param>
internal sealed record PriceChanged([property: Ignore] VariantId VariantId, Money Previous, Money Current)
    : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.PriceChanged;

    /// <inheritdoc cref="Problem.Message" />
    public string Message =>
        $"It costs {Current.Amount} {Current.Currency} now, and {Previous.Amount} {Previous.Currency} before.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }

    /// <summary>What costs more or less now.</summary>
    public IDataLoaderResult<ProductVariant> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<NamedVariantById>().Require(VariantId);
}
