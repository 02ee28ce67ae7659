namespace Shop.Data.Kernel;

/// <summary>
/// Makes Snowflake ids: 41 bits of milliseconds since 2024-06-01, 10 bits of machine number, 12 bits of sequence.
/// They sort by time and never repeat as long as no two processes hold one machine number. Thread-safe.
/// </summary>
/// <param name="clock">Read once per id.</param>
/// <param name="machine">Tells this process's number at once, or throws: leased, so that no other process has it.</param>
/// <param name="spareBlock">
/// Tells at once the first of 4096 numbers that no other process gets, or throws; given the least that later ones may be.
/// Asked only while the clock stands behind an id already given, by this process or by an earlier holder of its number.
/// 1023, the last machine number, belongs to these.
/// </param>
public sealed class NewId(TimeProvider clock, Func<MachineNumber> machine, Func<long, long> spareBlock)
{
    /// <summary>The machine number that is never leased: ids from spare blocks carry it.</summary>
    public const int SpareMachine = 1023;

    /// <summary>How many numbers a spare block holds.</summary>
    public const int SpareBlockSize = 1 << SequenceBits;

    private const int SequenceBits = 12;
    private const int MachineBits = 10;

    // NTP slews a clock back by a few milliseconds; that is worth a wait. More is a jump.
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(10);
    private static readonly DateTimeOffset _epoch = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private MachineNumber _machine;
    private long _lastMillisecond;
    private int _sequence;
    private long _spareNext;
    private long _spareEnd;

    /// <summary>The next id; takes about 50 ns, and at most 10 ms after a small step back of the clock. Waits for no store.</summary>
    /// <exception cref="System.Data.Common.DbException">No machine number is held: PostgreSQL is away. Try again.</exception>
    public long Next()
    {
        lock (_gate)
        {
            Take(machine());
            var now = Millisecond();
            if (now < _lastMillisecond - (long)_patience.TotalMilliseconds)
            {
                return NextSpare();
            }

            if (now > _lastMillisecond)
            {
                (_lastMillisecond, _sequence) = (now, 0);
            }
            else if (++_sequence == 1 << SequenceBits)
            {
                // This millisecond is used up, or the clock stepped back a little: the next one follows.
                (_lastMillisecond, _sequence) = (AwaitAfter(_lastMillisecond), 0);
            }

            return Compose(_lastMillisecond, _machine.Number, _sequence);
        }
    }

    /// <summary>The next id, typed.</summary>
    public TId Next<TId>()
        where TId : struct, IRowId<TId> => TId.From(Next());

    /// <summary>The least number of a spare block that is put aside at a moment, for the holder of a machine number.</summary>
    internal static long FloorAt(DateTimeOffset now, MachineNumber held) =>
        MillisecondOf(now > held.UsedUntil ? now : held.UsedUntil) << SequenceBits;

    /// <summary>When an id was made, to the millisecond.</summary>
    public static DateTimeOffset MadeAt(long id) =>
        _epoch.AddMilliseconds(id >> (MachineBits + SequenceBits));

    /// <summary>The least id that can have been made at a moment or later.</summary>
    public static long FirstAt(DateTimeOffset moment) =>
        Compose(MillisecondOf(moment), machine: 0, sequence: 0);

    private void Take(MachineNumber number)
    {
        if (number == _machine)
        {
            return;
        }

        _machine = number;
        if (MillisecondOf(number.UsedUntil) is var used && used >= _lastMillisecond)
        {
            // As if the last id of that millisecond were ours.
            (_lastMillisecond, _sequence) = (used, SpareBlockSize - 1);
        }
    }

    private long NextSpare()
    {
        if (_spareNext == _spareEnd)
        {
            _spareNext = spareBlock(_lastMillisecond << SequenceBits);
            _spareEnd = _spareNext + SpareBlockSize;
        }

        var number = _spareNext++;
        return Compose(number >> SequenceBits, SpareMachine, (int)(number & (SpareBlockSize - 1)));
    }

    private long AwaitAfter(long millisecond)
    {
        var spin = new SpinWait();
        long now;
        while ((now = Millisecond()) <= millisecond)
        {
            spin.SpinOnce();
        }

        return now;
    }

    private long Millisecond() => MillisecondOf(clock.GetUtcNow());

    private static long MillisecondOf(DateTimeOffset moment) => (long)(moment - _epoch).TotalMilliseconds;

    private static long Compose(long millisecond, int machine, int sequence) =>
        (millisecond << (MachineBits + SequenceBits)) | ((long)machine << SequenceBits) | (uint)sequence;
}
