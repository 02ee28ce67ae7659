using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Shop.Data.Storage.Ids;

/// <summary>
/// This process's machine number in Snowflake ids, leased in PostgreSQL. It is taken and renewed in the background, so making
/// an id waits for no store; without a lease it fails at once. A process that slept through its lease (a laptop's lid, a
/// frozen container) takes a new number before it makes another id.
/// </summary>
public sealed class MachineLease : IHostedService, IDisposable
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(30);

    // The holder stops trusting its lease earlier than the others do: a round trip and a slow clock fit in between.
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(10);

    // Without a lease nothing can be written: PostgreSQL is asked again soon, and not waited for when it is silent.
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private readonly Database<IdsDb> _database;
    private readonly SpareIds _spare;
    private readonly TimeProvider _clock;
    private readonly ILogger<MachineLease> _log;
    private readonly Guid _holder = Guid.CreateVersion7();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _kept;
    private volatile Lease? _lease;

    internal MachineLease(
        Database<IdsDb> database,
        SpareIds spare,
        TimeProvider clock,
        ILogger<MachineLease> log
    )
    {
        (_database, _spare, _clock, _log) = (database, spare, clock, log);
        var stop = _stop.Token;
        _kept = new(() => KeepAsync(stop));
    }

    /// <summary>A number that is this process's alone, now.</summary>
    /// <exception cref="NpgsqlException">There is none: PostgreSQL has been away. It is asked again in the background.</exception>
    internal MachineNumber Held =>
        Trusted
        ?? throw new NpgsqlException(
            "No id can be made: PostgreSQL does not answer for this process's machine number.",
            new IOException()
        );

    private MachineNumber? Trusted =>
        _lease is { } lease && _clock.GetTimestamp() < lease.TrustedUntil ? lease.Machine : null;

    /// <summary>Begins to keep a number, and returns once there is one. Waits for PostgreSQL; asked again, does nothing new.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = _kept.Value;
        await _first.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => _stop.CancelAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        // The container disposes it twice: it is two services of the host.
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
        }

        _stop.Dispose();
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await RenewAsync(stop);
            await Task.Delay(Trusted is null ? _retryAfter : _term / 3, _clock, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Keeps the number for another term, or takes another where another process has it by now. Where PostgreSQL does not
    /// answer, the lease runs on as long as it is trusted.
    /// </summary>
    internal async Task RenewAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(_patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            _lease =
                _lease is { } lease && await ExtendAsync(lease.Machine, limit.Token) is { } kept
                    ? kept
                    : await TakeAsync(limit.Token);
            _spare.Reserve(NewId.FloorAt(_clock.GetUtcNow(), _lease.Machine));
            _first.TrySetResult();
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException)
        {
            if (Trusted is null && !cancel.IsCancellationRequested)
            {
                _log.NoMachineNumber(fault);
            }
        }
    }

    private async Task<Lease> TakeAsync(CancellationToken cancel)
    {
        _lease = null;
        // Nodes that start together ask for the same free number; all but one ask again.
        for (var tries = 0; tries < NewId.SpareMachine; tries++)
        {
            if (await FindFreeAsync(cancel) is { } free && await ExtendAsync(free, cancel) is { } lease)
            {
                return lease;
            }
        }

        throw new NpgsqlException("Every machine number is leased.");
    }

    private Task<MachineNumber?> FindFreeAsync(CancellationToken cancel)
    {
        var (holder, term) = (Sql.Value(_holder), Sql.Value(_term));
        return _database.Primary.FindAsync<MachineNumber?>(
            $"""
            insert into ids.machine as held (number, holder, leased_until)
            select number, {holder}, now() + {term}
            from generate_series(0, {NewId.SpareMachine - 1}) as free(number)
            where not exists (
                select from ids.machine m where m.number = free.number and m.leased_until >= now())
            order by number limit 1
            on conflict (number) do update set holder = {holder}, leased_until = now() + {term}
            where held.leased_until < now()
            returning number, used_until
            """,
            row => new MachineNumber(row.GetInt32(0), row.GetFieldValue<DateTimeOffset?>(1) ?? default),
            cancel
        );
    }

    /// <summary>
    /// Keeps a number for another term, and notes how far the ids may go that are made in it. Null where it is another
    /// process's by now.
    /// </summary>
    private async Task<Lease?> ExtendAsync(MachineNumber held, CancellationToken cancel)
    {
        var trustedUntil =
            _clock.GetTimestamp() + (long)((_term - _margin).TotalSeconds * _clock.TimestampFrequency);
        var extended = await _database.Primary.ExecuteAsync(
            $"""
            update ids.machine
            set leased_until = now() + {Sql.Value(_term)},
                used_until = greatest(used_until, {Sql.Value(_clock.GetUtcNow() + _term)})
            where number = {Sql.Value(held.Number)} and holder = {Sql.Value(_holder)}
              and leased_until >= now()
            """,
            cancel
        );
        return extended == 1 ? new(held, trustedUntil) : null;
    }

    /// <param name="Machine">Whose ids they are.</param>
    /// <param name="TrustedUntil">The clock's timestamp from which on the lease may have run out.</param>
    private sealed record Lease(MachineNumber Machine, long TrustedUntil);
}
