using Microsoft.Extensions.Options;
using Shop.Data.Outside;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>A service that speaks the shop's own JSON over HTTP; docs/taxes.md has its contract.</summary>
internal sealed class HttpTaxSource(OutsideHttp http, IOptions<TaxServiceOptions> options) : ITaxSource
{
    private const int MaxTaxes = 20;
    private const int MaxName = 100;
    private const int PerPercent = 10_000;

    /// <inheritdoc />
    public async Task<ToldTaxes> ReckonAsync(TaxQuestion question, CancellationToken cancel)
    {
        var answer =
            await SendAsync<Answer>(HttpMethod.Post, "quotes", Sent.Of(question), cancel)
            ?? throw new UnusableAnswerException("its answer is empty");
        var byId = answer.Lines.ToDictionary(line => line.Id, StringComparer.Ordinal);
        if (byId.Count != question.Lines.Count)
        {
            throw new UnusableAnswerException("it answers other lines than it was asked for");
        }

        var lines = question
            .Lines.Select(line =>
                byId.TryGetValue(Sent.IdOf(line), out var told)
                    ? Read(told.Taxes, line.Minor, question.IsIncluded)
                    : throw new UnusableAnswerException("it leaves out a line")
            )
            .ToList();
        var shipping = Read(answer.Shipping ?? [], question.Shipping?.Minor ?? 0, question.IsIncluded);
        var sum = lines.Append(shipping).Sum(taxes => taxes.Sum(tax => tax.Minor));
        var kinds = lines.SelectMany(taxes => taxes).DistinctBy(tax => (tax.Name, tax.PerMillion)).Count();
        return sum != answer.Total ? throw new UnusableAnswerException("its lines do not add up to its total")
            : kinds > MaxTaxes ? throw new UnusableAnswerException("it tells too many taxes")
            : new(lines, shipping);
    }

    /// <inheritdoc />
    public Task CommitAsync(string code, TaxDocument document, CancellationToken cancel) =>
        SendAsync<object>(HttpMethod.Put, $"documents/{code}", SentDocument.Of(document), cancel);

    /// <inheritdoc />
    public Task VoidAsync(string code, CancellationToken cancel) =>
        SendAsync<object>(HttpMethod.Delete, $"documents/{code}", body: null, cancel);

    private Task<T?> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel)
        where T : class =>
        http.SendAsync<T>(method, new(options.Value.Address!, path), options.Value.Key, body, cancel);

    private static List<ToldTax> Read(IReadOnlyList<Tax> taxes, long amount, bool isIncluded)
    {
        var sum = taxes.Sum(tax => tax.Amount);
        return
            taxes.Count > MaxTaxes
            || taxes.Any(tax =>
                tax.Name.Trim().Length is 0 or > MaxName || tax.Percent is < 0 or > 100 || tax.Amount < 0
            )
            || (isIncluded && sum > amount)
            ? throw new UnusableAnswerException("it tells taxes that cannot be")
            :
            [
                .. taxes.Select(tax => new ToldTax(
                    tax.Name,
                    (long)(tax.Percent * PerPercent),
                    tax.Amount,
                    tax.Reason ?? (tax.Percent == 0 ? TaxReason.Zero : null)
                )),
            ];
    }

    private sealed record Answer(long Total, IReadOnlyList<Line> Lines, IReadOnlyList<Tax>? Shipping = null);

    private sealed record Line(string Id, IReadOnlyList<Tax> Taxes);

    private sealed record Tax(string Name, decimal Percent, long Amount, TaxReason? Reason = null);
}
