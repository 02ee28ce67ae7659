using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Admission;

/// <summary>
/// The file of rules, as it was when it was last in order. It is read each second: a mounted ConfigMap is changed by turning a
/// link, which no watcher of files hears.
/// </summary>
internal sealed class RuleFile : BackgroundService
{
    private const int MostBytes = 1 << 20;
    private const int SecondsToForget = 10;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly RuleBinder _binder;
    private readonly ShopMeter _meter;
    private readonly TimeProvider _clock;
    private readonly ILogger<RuleFile> _log;
    private readonly Lock _turn = new();
    private RuleBook _book;
    private byte[] _seen;
    private string? _fault;
    private readonly SheddingLog _shedding;
    private long _taken;
    private long _refused;

    /// <exception cref="InvalidDataException">There is no such file, or its rules will not do: the host does not start.</exception>
    public RuleFile(
        IOptions<AdmissionOptions> options,
        RuleBinder binder,
        ShopMeter meter,
        TimeProvider clock,
        ILogger<RuleFile> log
    )
    {
        (_path, _binder, _meter, _clock, _log) = (options.Value.Rules!, binder, meter, clock, log);
        _shedding = new(log);
        try
        {
            var bytes = ReadAll();
            _seen = SHA256.HashData(bytes);
            _book = binder.Bind(RuleText.Read(bytes), before: null);
            _book.SetBreakers();
            _taken = 1;
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            throw new InvalidDataException($"Admission:Rules names {_path}. {fault.Message}", fault);
        }
    }

    /// <summary>The rules in force.</summary>
    public RuleBook Book => Volatile.Read(ref _book);

    /// <summary>Why the file, as it is now, was not taken; null where it was.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.ObserveRules(() =>
            [
                .. Book.States.Select(rule => (rule.Id, (string?)null, rule.Taken, rule.Refused)),
                .. (Book.System?.Classes ?? []).Select(rule =>
                    (rule.State.Id, rule.Name, rule.State.Taken, rule.State.Refused)
                ),
            ]
        );
        _meter.ObserveClasses(() =>
            Book.System is { } system
                ? system.Classes.Select(rule =>
                    (rule.Name, system.Limit.RunningOf(rule.Class), system.MostFor(rule))
                )
                : []
        );
        _meter.ObserveRuleLoads(
            () => (Volatile.Read(ref _taken), Volatile.Read(ref _refused)),
            () => Book.Version,
            () => Fault is not null
        );
        return base.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Takes the file as it is now, if it is another one than before; keeps what it has where that will not do. Tells of classes that
    /// are shed.
    /// </summary>
    public void Look()
    {
        lock (_turn)
        {
            TakeFile();
            _shedding.Look(_book.System);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_second, _clock);
        for (var seconds = 1; await timer.WaitForNextTickAsync(stoppingToken); seconds++)
        {
            Look();
            if (seconds % SecondsToForget == 0)
            {
                Book.ForgetFull();
            }
        }
    }

    private void TakeFile()
    {
        var seen = Array.Empty<byte>();
        try
        {
            var bytes = ReadAll();
            seen = SHA256.HashData(bytes);
            if (seen.AsSpan().SequenceEqual(_seen))
            {
                return;
            }

            Volatile.Write(ref _book, _binder.Bind(RuleText.Read(bytes), _book));
            _book.SetBreakers();
            Volatile.Write(ref _fault, null);
            Interlocked.Increment(ref _taken);
            _log.RulesTaken(_book.Version, _book.States.Count);
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            // Told once of each file, not each second.
            if (!seen.AsSpan().SequenceEqual(_seen))
            {
                Volatile.Write(ref _fault, fault.Message);
                Interlocked.Increment(ref _refused);
                _log.RulesRefused(_book.Version, fault.Message);
            }
        }

        _seen = seen;
    }

    private static bool IsOfFile(Exception fault) =>
        fault is InvalidDataException or IOException or UnauthorizedAccessException;

    // What the name leads to at this moment, by one handle: a link may be turned while it is read.
    private byte[] ReadAll()
    {
        using var file = File.OpenHandle(_path, share: FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        if (length > MostBytes)
        {
            throw new InvalidDataException($"A file of rules has {MostBytes} bytes at the most.");
        }

        var bytes = new byte[length];
        var read = RandomAccess.Read(file, bytes, fileOffset: 0);
        return bytes[..read];
    }
}
