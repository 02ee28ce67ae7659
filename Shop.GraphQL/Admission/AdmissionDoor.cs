namespace Shop.GraphQL.Admission;

/// <summary>
/// Asks the rules for each operation, and refuses it by the first one that has nothing left for it. The last of them gives it a place
/// among those that run.
/// </summary>
internal sealed class AdmissionDoor(RuleFile file)
{
    // Who is denied is so until somebody changes the file.
    private static readonly TimeSpan _deniedFor = TimeSpan.FromMinutes(1);

    /// <summary>See <see cref="AdmitOperation"/>.</summary>
    /// <exception cref="RuleRefusal">A rule refuses it; none has taken anything for it.</exception>
    public async ValueTask<IDisposable?> AdmitAsync(AskedOperation asked, CancellationToken cancel)
    {
        var (book, asking) = (file.Book, new Asking(asked));
        foreach (var rule in book.Deny)
        {
            if (rule.IsAbout(asking))
            {
                throw rule.State.Refusal(_deniedFor, asked);
            }

            rule.State.Take();
        }

        var taken = new List<Taking>();
        foreach (var taking in book.TakingsOf(asking))
        {
            if (await taking.From.TakeAsync(taking.Points, taking.Rate, cancel) is { } wait)
            {
                GiveBack();
                throw taking.Rule.Refusal(wait, asked);
            }

            taking.Rule.Take();
            taken.Add(taking);
        }

        if (book.System is not { } system)
        {
            return null;
        }

        if (system.Enter(asked) is { } place)
        {
            return place;
        }

        GiveBack();
        throw system.Refusal(asked);

        // Or one who is refused all the time would use up what is everybody's.
        void GiveBack() => taken.ForEach(each => each.From.GiveBack(each.Points, each.Rate));
    }
}
