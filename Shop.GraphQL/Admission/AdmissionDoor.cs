namespace Shop.GraphQL.Admission;

/// <summary>Asks the rules for each operation, and refuses it by the first one that has nothing left for it.</summary>
internal sealed class AdmissionDoor(RuleFile file)
{
    // Who is denied is so until somebody changes the file.
    private static readonly TimeSpan _deniedFor = TimeSpan.FromMinutes(1);

    /// <summary>See <see cref="AdmitOperation"/>.</summary>
    /// <exception cref="RuleRefusal">A rule refuses it; none has taken anything for it.</exception>
    public async ValueTask AdmitAsync(AskedOperation asked, CancellationToken cancel)
    {
        var (book, asking) = (file.Book, new Asking(asked));
        foreach (var rule in book.Deny)
        {
            if (rule.IsAbout(asking))
            {
                throw Refusal(rule.State, _deniedFor, asked);
            }

            rule.State.Take();
        }

        var taken = new List<Taking>();
        foreach (var taking in book.TakingsOf(asking))
        {
            if (await taking.From.TakeAsync(taking.Points, taking.Rate, cancel) is { } wait)
            {
                // Or one who is refused all the time would use up what is everybody's.
                taken.ForEach(each => each.From.GiveBack(each.Points, each.Rate));
                throw Refusal(taking.Rule, wait, asked);
            }

            taking.Rule.Take();
            taken.Add(taking);
        }
    }

    // A fifth more or less: those who were refused together do not come back together.
    private static RuleRefusal Refusal(RuleState rule, TimeSpan wait, AskedOperation asked)
    {
        rule.Refuse();
        return new(rule.Id, wait * (0.8 + 0.4 * Random.Shared.NextDouble()), asked.Cost);
    }
}
