using System.Diagnostics;

namespace Shop.Data.Kernel;

/// <summary>
/// A place where a test kills this process: between an effect and its mark, where chance would hit once in a thousand
/// tries. Only a build made for tests has them (docs/decisions/0019): elsewhere the compiler leaves every call out.
/// </summary>
public static class StopPoint
{
    /// <summary>Ends the process as <c>kill -9</c> does, if <c>SHOP_STOP_AT</c> names this place. Else does nothing.</summary>
    /// <param name="place">What is done by now, and what is not: <c>"order committed, nobody told"</c>.</param>
    [Conditional("STOP_POINTS")]
    public static void Reach(string place)
    {
#if STOP_POINTS
        if (Environment.GetEnvironmentVariable("SHOP_STOP_AT") == place)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
#endif
    }
}
