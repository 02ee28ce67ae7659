using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Loading;

namespace Shop.Tests.Engine.Schema;

/// <summary>Many operations that ask for the same at the same moment.</summary>
public sealed class SharedLoadsTests : IAsyncDisposable
{
    private const int Operations = 200;

    private readonly Ferry _ferry = new();
    private readonly ServiceProvider _services;
    private readonly List<AsyncServiceScope> _scopes = [];

    public SharedLoadsTests() =>
        _services = new ServiceCollection()
            .AddSingleton(_ferry)
            .AddSingleton<SharedLoads>()
            .AddScoped<LoaderContext>()
            .AddScoped<ReadTarget>()
            .BuildServiceProvider();

    [Fact]
    public async Task Subscribers_who_ask_for_the_same_are_answered_by_a_few_reads_of_the_primary()
    {
        var answers = await LoadAsync<TideByHour>(share: true, n => n % 10);

        Assert.Equal(Enumerable.Range(0, Operations).Select(n => $"{n % 10}"), answers);
        // The first two read alone, then all the others at once.
        Assert.Equal(3, _ferry.Reads.Count);
        Assert.All(_ferry.Reads, read => Assert.True(read.IsPrimary));
    }

    [Fact]
    public async Task What_has_no_value_has_none_for_all_who_ask()
    {
        var answers = await LoadAsync<TideByHour>(share: true, _ => -1);

        Assert.All(answers, Assert.Null);
    }

    [Fact]
    public async Task Who_is_no_subscriber_reads_alone()
    {
        await LoadAsync<TideByHour>(share: false, _ => 1);

        Assert.Equal(Operations, _ferry.Reads.Count);
    }

    [Fact]
    public async Task What_depends_on_who_asks_is_never_shared()
    {
        await LoadAsync<OwnTicket>(share: true, _ => 1);

        Assert.Equal(Operations, _ferry.Reads.Count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _scopes)
        {
            await scope.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    /// <summary>Each operation asks for one key; none is answered before all have asked.</summary>
    private async Task<IReadOnlyList<string?>> LoadAsync<TLoader>(bool share, Func<int, int> keyOf)
        where TLoader : Loader<int, string>
    {
        var asking = new List<Task<string?>>();
        for (var n = 0; n < Operations; n++)
        {
            var scope = _services.CreateAsyncScope();
            _scopes.Add(scope);
            var loaders = scope.ServiceProvider.GetRequiredService<LoaderContext>();
            if (share)
            {
                loaders.Share();
            }

            asking.Add(loaders.Get<TLoader>().Load(keyOf(n)).GetResultAsync());
        }

        _ferry.Arrives.SetResult();
        return await Task.WhenAll(asking);
    }

    /// <summary>Brings what is read, and not at once.</summary>
    private sealed class Ferry
    {
        public List<(int Keys, bool IsPrimary)> Reads { get; } = [];

        public TaskCompletionSource Arrives { get; } = new();

        public async Task<IReadOnlyDictionary<int, string>> ReadAsync(
            IReadOnlyList<int> keys,
            ReadTarget target
        )
        {
            lock (Reads)
            {
                Reads.Add((keys.Count, target.IsPrimary));
            }

            await Arrives.Task;
            return keys.Where(key => key >= 0).ToDictionary(key => key, key => $"{key}");
        }
    }

    private sealed class TideByHour(Ferry ferry, ReadTarget target) : Loader<int, string>
    {
        protected internal override bool IsSameForAll => true;

        protected override Task<IReadOnlyDictionary<int, string>> FetchAsync(
            IReadOnlyList<int> keys,
            CancellationToken cancel
        ) => ferry.ReadAsync(keys, target);
    }

    private sealed class OwnTicket(Ferry ferry, ReadTarget target) : Loader<int, string>
    {
        protected override Task<IReadOnlyDictionary<int, string>> FetchAsync(
            IReadOnlyList<int> keys,
            CancellationToken cancel
        ) => ferry.ReadAsync(keys, target);
    }
}
