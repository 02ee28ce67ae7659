using System.Collections.Concurrent;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Fire;

/// <summary>
/// A keeper of the catalogue who goes on renaming twenty products while things break and, where Elasticsearch finds them, has a new index
/// built now and then. In the end each product is found by the last name that was answered, and by no other.
/// </summary>
/// <param name="staff">Saves until it is answered.</param>
/// <param name="shop">Searches.</param>
/// <param name="hasEngine">Whether Elasticsearch finds products.</param>
/// <param name="clock">Paces it.</param>
internal sealed class SteadyKeepers(StaffClient staff, PatientClient shop, bool hasEngine, TimeProvider clock)
{
    private const int Products = 20;

    /// <summary>Each so-many-th change has an index built: one in half a minute.</summary>
    private const int RebuiltEach = 120;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(500);

    // The index, and a job host that takes over from one that was killed.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private static readonly Operation _search = new(
        "Kept",
        "query Kept($text: String!) { productSearch(text: $text, correctText: false) { totalCount notices } }"
    );

    private readonly ConcurrentDictionary<string, int> _refused = new();
    private int _changes;
    private int _rebuilds;
    private readonly string?[] _ids = new string?[Products];
    private readonly (string? Former, string? Now)[] _names = new (string?, string?)[Products];

    /// <summary>Renames until told to stop; the change that it is at is finished.</summary>
    public async Task KeepAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RenameAsync(_changes % Products);
                _changes++;
                if (hasEngine && _changes % RebuiltEach == 0)
                {
                    await staff.DoAsync("searchRebuild", "", "replayed", CancellationToken.None);
                    _rebuilds++;
                }

                await Task.Delay(_pause, clock, stop);
            }
            catch (Exception fault) when (fault is ShopFaultException or ShopAwayException)
            {
                _refused.AddOrUpdate(fault.Message, 1, (_, count) => count + 1);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Says how it went.</summary>
    /// <returns>Whether all is found as it should be, and each call was answered well.</returns>
    public async Task<bool> ReckonAsync(CancellationToken cancel)
    {
        var missing = await MissingAsync(cancel);
        Report.Line("products renamed, indexes built", $"{_changes}, {_rebuilds}");
        Report.Line("not found by their last names alone", missing);
        Report.Lines("renaming refused:", _refused);
        return missing + _refused.Count == 0;
    }

    // How many are not found as they should be; waits for the index a while.
    private async Task<int> MissingAsync(CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var missing = 0;
            foreach (var (former, now) in _names)
            {
                if (
                    !await IsFoundAsync(now, times: 1, cancel)
                    || !await IsFoundAsync(former, times: 0, cancel)
                )
                {
                    missing++;
                }
            }

            if (missing == 0 || clock.GetElapsedTime(began) > _patience)
            {
                return missing;
            }

            await Task.Delay(_look, clock, cancel);
        }
    }

    private async Task RenameAsync(int place)
    {
        // A word that nothing else has, and that no other is near to.
        var name = $"kept{Guid.CreateVersion7():N}";
        var which = _ids[place] is { } id ? $"id: \"{id}\", " : "";
        var saved = await staff.DoAsync(
            "productSave",
            $"{which}title: \"Goods {name}\", status: ACTIVE, variants: [{{sku: \"KEPT-{place}\", price: \"4.50\"}}]",
            "product { id }",
            CancellationToken.None
        );
        _ids[place] = saved.GetProperty("product").GetProperty("id").GetString();
        _names[place] = (_names[place].Now, name);
    }

    private async Task<bool> IsFoundAsync(string? name, int times, CancellationToken cancel)
    {
        if (name is null)
        {
            return true;
        }

        var data = await shop.AskAsync(_search, new { text = name }, cancel);
        var found = data.GetProperty("productSearch");
        return found.GetProperty("totalCount").GetInt32() == times
            && !(
                hasEngine
                && found.GetProperty("notices").GetRawText().Contains("FALLBACK", StringComparison.Ordinal)
            );
    }
}
