using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Data.Kernel;

/// <summary>How the hosts of a shop log.</summary>
public static class ShopLogs
{
    // An operator's own settings (Logging:LogLevel:…, Logging:Console:…) stand above these.
    private static readonly Dictionary<string, string?> _defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        // Says again what the line before it said.
        ["Logging:LogLevel:Quartz.Core.ErrorLogger"] = "None",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ",
    };

    /// <summary>Warnings and errors, a line each, with the time; what repeats is counted (<see cref="QuietLogger"/>).</summary>
    /// <param name="host">Before it is built.</param>
    /// <param name="isOutage">Tells a fault of which the stack tells nothing: a store is away.</param>
    public static void UseShopLogs(this IHostApplicationBuilder host, Func<Exception, bool> isOutage)
    {
        host.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _defaults });
        host.Services.AddSingleton<LoggerFactory>();
        host.Services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(provider => new QuietLoggers(
                provider.GetRequiredService<LoggerFactory>(),
                isOutage,
                TimeProvider.System
            ))
        );
    }

    private sealed class QuietLoggers(
        LoggerFactory loggers,
        Func<Exception, bool> isOutage,
        TimeProvider clock
    ) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            new QuietLogger(loggers.CreateLogger(categoryName), isOutage, clock);

        public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

        public void Dispose() => loggers.Dispose();
    }
}
