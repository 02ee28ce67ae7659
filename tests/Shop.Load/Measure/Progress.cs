namespace Shop.Load.Measure;

/// <summary>Shows on standard error how far a scenario is: a bar on a terminal, plain lines elsewhere.</summary>
internal sealed class Progress : IAsyncDisposable
{
    private const int BarWidth = 30;
    private readonly CancellationTokenSource _done = new();
    private readonly Func<(double Fraction, string Text)> _state;
    private readonly TimeProvider _clock;
    private readonly Task _drawing;

    /// <param name="state">How much is done, 0 to 1, and what to say about it.</param>
    /// <param name="clock">Paces the drawing.</param>
    public Progress(Func<(double Fraction, string Text)> state, TimeProvider clock)
    {
        _state = state;
        _clock = clock;
        _drawing = KeepDrawingAsync(_done.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _drawing;
        Show();
        if (!Console.IsErrorRedirected)
        {
            await Console.Error.WriteLineAsync();
        }

        _done.Dispose();
    }

    private async Task KeepDrawingAsync(CancellationToken done)
    {
        var pace = Console.IsErrorRedirected ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(200);
        using var timer = new PeriodicTimer(pace, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                Show();
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The scenario has ended.
        }
    }

    private void Show()
    {
        var (fraction, text) = _state();
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine($"{fraction, 4:0%}  {text}");
            return;
        }

        var full = (int)(Math.Clamp(fraction, 0, 1) * BarWidth);
        Console.Error.Write($"\r[{new string('#', full).PadRight(BarWidth)}] {fraction, 4:0%}  {text}\e[K");
    }
}
