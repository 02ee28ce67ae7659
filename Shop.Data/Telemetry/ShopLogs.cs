using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Shop.Data.Telemetry;

/// <summary>How the hosts of a shop log.</summary>
public static class ShopLogs
{
    private const string Json = "Logging:Json";

    // An operator's own settings (Logging:LogLevel:…, Logging:Console:…) stand above these.
    private static readonly Dictionary<string, string?> _defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        // Logs query strings from Information on, and so what is secret in them.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Warning",
        // Says again what the line before it said.
        ["Logging:LogLevel:Quartz.Core.ErrorLogger"] = "None",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ",
        // Lines that wait for a slow reader; past these, who logs waits: a line that is dropped is told in prose.
        ["Logging:Console:MaxQueueLength"] = "10000",
    };

    private static readonly Dictionary<string, string?> _jsonDefaults = new()
    {
        ["Logging:Console:FormatterName"] = JsonLines.FormatterName,
        // Nothing else says that the host is up.
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
    };

    /// <summary>
    /// Warnings and errors, a line each, with the time; what repeats is counted (<see cref="QuietLogger"/>). JSON in a
    /// container, or where <c>Logging:Json</c> says so.
    /// </summary>
    /// <param name="host">Before it is built.</param>
    /// <param name="service"><c>shop-web</c> or <c>shop-jobs</c>.</param>
    /// <param name="isOutage">Tells a fault of which the stack tells nothing: a store is away.</param>
    public static void UseShopLogs(
        this IHostApplicationBuilder host,
        string service,
        Func<Exception, bool> isOutage
    )
    {
        var defaults = IsJson(host.Configuration) ? _defaults.Concat(_jsonDefaults) : _defaults;
        host.Configuration.Sources.Insert(
            0,
            new MemoryConfigurationSource
            {
                InitialData = defaults.GroupBy(pair => pair.Key).Select(pairs => pairs.Last()),
            }
        );
        var process = ProcessIdentity.Of(service, host.Configuration);
        host.Services.AddSingleton<ConsoleFormatter>(new JsonLines(process, TimeProvider.System));
        host.Services.AddSingleton<LoggerFactory>();
        host.Services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(provider => new QuietLoggers(
                provider.GetRequiredService<LoggerFactory>(),
                isOutage,
                TimeProvider.System
            ))
        );
    }

    /// <summary>Whether all that the host says is for machines: then nothing but JSON goes to the console.</summary>
    public static bool IsJson(IConfiguration settings) =>
        // The images that containers are made of say so.
        settings.GetValue<bool?>(Json) ?? settings.GetValue<bool>("RUNNING_IN_CONTAINER");

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
