using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>
/// Asks a channel about payments that the shop has and its bills have not, and notes for staff what it says. What was taken stays
/// taken: that money is missing is nothing that a message can settle.
/// </summary>
public sealed class AskAboutMissing(Database<PaymentsDb> database, IOptions<PaymentOptions> options)
{
    // A bill that lacks more than these lacks all: staff has seen enough.
    private const int AtOnce = 100;

    internal async Task RunAsync(PaymentAccount account, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        var missing = await db
            .Differences.Where(difference =>
                difference.Channel == account.Traits.Code
                && difference.Account == account.Name
                && difference.Kind == DifferenceKind.MissingThere
                && difference.ResolvedAt == null
                && difference.Text == null
            )
            .Join(
                db.Payments,
                difference => difference.PaymentId,
                payment => payment.Id,
                (difference, payment) => new { difference.Id, payment }
            )
            .OrderBy(row => row.Id)
            .Take(AtOnce)
            .ToListAsync(cancel);
        foreach (var row in missing)
        {
            var finding = await account.QueryAsync(row.payment.Ref, options.Value.CallLimit, cancel);
            if (Words(finding) is { } text)
            {
                await db
                    .Differences.Where(difference => difference.Id == row.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(each => each.Text, text), cancel);
            }
        }
    }

    private static string? Words(Finding finding) =>
        finding switch
        {
            Finding.Paid => "Asked, the channel says that it was paid.",
            Finding.NotFound => "Asked, the channel knows of no such payment.",
            Finding.Unknown => null,
            _ => "Asked, the channel says that it was not paid.",
        };
}
