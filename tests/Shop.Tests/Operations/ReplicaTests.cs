using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Storage.Migrating;
using Shop.GraphQL.Host.Embedded;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Operations;

/// <summary>Replicas as operators see them: a primary and a standby of this class alone.</summary>
public sealed class ReplicaTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_replica_lags_by_nothing_once_it_has_caught_up_and_is_missing_when_it_is_down()
    {
        await using var postgres = await TownPostgres.StartAsync(
            RunFolder.Make("operators"),
            PostgresSettings.Disposable,
            CancellationToken.None
        );
        using var host = ShopHost.Build(postgres.ConnectionString, redis: "unused");
        // Which contexts share a server, the page finds out: each has opened it once.
        await host.Services.GetRequiredService<Tables>().MigrateAsync(CancellationToken.None);

        await Replica.CatchUpAsync(postgres.ConnectionString);
        var caughtUp = await UntilAsync(
            host.Services,
            replicas => replicas is [var one] && one.GetProperty("lagBytes").GetDouble() == 0
        );
        Assert.Equal("streaming", caughtUp[0].GetProperty("state").GetString());
        Assert.Equal(0, caughtUp[0].GetProperty("lagSeconds").GetDouble());
        Assert.EndsWith(":5432", caughtUp[0].GetProperty("primary").GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("assword", caughtUp[0].ToString(), StringComparison.Ordinal);

        await postgres.KillReplicaAsync();
        await UntilAsync(host.Services, replicas => replicas.Count == 0);
        await postgres.StartReplicaAsync(CancellationToken.None);
        await UntilAsync(host.Services, replicas => replicas.Count == 1);
    }

    private static async Task<IReadOnlyList<JsonElement>> UntilAsync(
        IServiceProvider host,
        Func<IReadOnlyList<JsonElement>, bool> isSo
    )
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var page = await new Operator(host).SeeAsync(
                "replicas { primary name address state lagBytes lagSeconds }"
            );
            JsonElement[] replicas = [.. page.GetProperty("replicas").EnumerateArray()];
            if (isSo(replicas))
            {
                return replicas;
            }
        }
    }
}
