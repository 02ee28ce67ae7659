using Npgsql;
using Shop.Data.Kernel;

namespace Shop.Data.Storage.Ids;

/// <summary>
/// This process's machine number in Snowflake ids, leased in PostgreSQL and renewed while the process lives. A process
/// that slept through its lease (a laptop's lid, a frozen container) takes a new number before it makes another id.
/// </summary>
internal sealed class MachineLease : IDisposable
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(30);

    // The holder stops trusting its lease earlier than the others do: a round trip and a slow clock fit in between.
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(10);

    private readonly Database<IdsDb> _database;
    private readonly TimeProvider _clock;
    private readonly Guid _holder = Guid.CreateVersion7();
    private readonly Lock _acquiring = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _renewal;
    private volatile Lease? _lease;

    public MachineLease(Database<IdsDb> database, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        var stop = _stop.Token;
        _renewal = clock.CreateTimer(_ => _ = RenewAsync(stop), null, _term / 3, _term / 3);
    }

    /// <summary>
    /// A number that is nobody else's now. Waits for PostgreSQL only when no lease is held, never for a renewal: ids are
    /// made meanwhile.
    /// </summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and there is no lease.</exception>
    /// <exception cref="InvalidOperationException">All numbers are taken.</exception>
    public MachineNumber Held => Trusted ?? AcquireOnce();

    private MachineNumber? Trusted =>
        _lease is { } lease && _clock.GetTimestamp() < lease.TrustedUntil ? lease.Machine : null;

    private MachineNumber AcquireOnce()
    {
        lock (_acquiring)
        {
            return Trusted ?? Acquire();
        }
    }

    private MachineNumber Acquire()
    {
        var asked = _clock.GetTimestamp();
        if (_lease is { Machine: var last } && Extend(last))
        {
            return Hold(last, asked);
        }

        using var command = _database.Primary.CreateCommand(
            $"""
            insert into ids.machine as held (number, holder, leased_until)
            select number, $1, now() + $2 from generate_series(0, {NewId.SpareMachine - 1}) as free(number)
            where not exists (
                select from ids.machine m where m.number = free.number and m.leased_until >= now())
            order by number limit 1
            on conflict (number) do update set holder = $1, leased_until = now() + $2
            where held.leased_until < now()
            returning number, used_until
            """
        );
        command.Parameters.Add(Sql.Value(_holder));
        command.Parameters.Add(Sql.Value(_term));
        // Nodes that start together ask for the same free number; all but one ask again.
        for (var tries = 0; tries < NewId.SpareMachine; tries++)
        {
            asked = _clock.GetTimestamp();
            if (Read(command) is { } free && Extend(free))
            {
                return Hold(free, asked);
            }
        }

        throw new InvalidOperationException("Every machine number is leased.");
    }

    /// <summary>Keeps the number for another term, or lets it go where it is somebody else's by now.</summary>
    internal async Task RenewAsync(CancellationToken cancel)
    {
        if (_lease is not { } lease)
        {
            return;
        }

        var asked = _clock.GetTimestamp();
        try
        {
            await using var command = Extension(lease.Machine);
            var isKept = await command.ExecuteNonQueryAsync(cancel) == 1;
            // Not if another number was taken meanwhile, because this one was trusted no longer.
            Interlocked.CompareExchange(
                ref _lease,
                isKept ? lease with { TrustedUntil = TrustFrom(asked) } : null,
                lease
            );
        }
        catch (NpgsqlException)
        {
            // PostgreSQL is away: the lease runs on, and the next tick or the next id asks again.
        }
    }

    private static MachineNumber? Read(NpgsqlCommand command)
    {
        using var row = command.ExecuteReader();
        return row.Read()
            ? new(row.GetInt32(0), row.IsDBNull(1) ? default : row.GetFieldValue<DateTimeOffset>(1))
            : null;
    }

    private bool Extend(MachineNumber held)
    {
        using var command = Extension(held);
        return command.ExecuteNonQuery() == 1;
    }

    /// <summary>
    /// Keeps a number for another term, and notes how far the ids may go that are made in it. Changes no row where it is
    /// somebody else's by now.
    /// </summary>
    private NpgsqlCommand Extension(MachineNumber held)
    {
        var command = _database.Primary.CreateCommand(
            """
            update ids.machine set leased_until = now() + $3, used_until = greatest(used_until, $4)
            where number = $1 and holder = $2 and leased_until >= now()
            """
        );
        command.Parameters.Add(Sql.Value(held.Number));
        command.Parameters.Add(Sql.Value(_holder));
        command.Parameters.Add(Sql.Value(_term));
        command.Parameters.Add(Sql.Value(_clock.GetUtcNow() + _term));
        return command;
    }

    private MachineNumber Hold(MachineNumber machine, long asked)
    {
        _lease = new(machine, TrustFrom(asked));
        return machine;
    }

    private long TrustFrom(long asked) =>
        asked + (long)((_term - _margin).TotalSeconds * _clock.TimestampFrequency);

    public void Dispose()
    {
        _renewal.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <param name="Machine">Whose ids they are.</param>
    /// <param name="TrustedUntil">The clock's timestamp from which on the lease may have run out.</param>
    private sealed record Lease(MachineNumber Machine, long TrustedUntil);
}
