namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>Who reckons taxes outside of the shop. Each call has its token's time; no answer is an exception of any kind.</summary>
public interface ITaxSource
{
    /// <summary>The taxes of a cart or an order. Writes nothing down.</summary>
    /// <exception cref="Outside.UnusableAnswerException">Its answer makes no sense.</exception>
    Task<ToldTaxes> ReckonAsync(TaxQuestion question, CancellationToken cancel);

    /// <summary>Writes down an order that was paid; done twice is done once.</summary>
    /// <param name="code">The order's number.</param>
    /// <param name="document">What was charged.</param>
    /// <param name="cancel">Ends it; whether it was done is unknown then.</param>
    Task CommitAsync(string code, TaxDocument document, CancellationToken cancel);

    /// <summary>Strikes out an order whose money went back; one that was never written down is struck out.</summary>
    /// <param name="code">The order's number.</param>
    /// <param name="cancel">Ends it; whether it was done is unknown then.</param>
    Task VoidAsync(string code, CancellationToken cancel);
}
