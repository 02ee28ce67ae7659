using Microsoft.Extensions.Configuration;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments;

/// <summary>Accounts at channels, as a host makes them of its settings.</summary>
internal static class Accounts
{
    /// <summary>One with the name <c>main</c>, of a shop that is reached at an address.</summary>
    public static ChannelAccount Of(
        PaymentChannelCode code,
        IEnumerable<KeyValuePair<string, string?>> settings,
        TimeProvider clock,
        bool isProduction = false,
        string publicAddress = "https://shop.example/"
    ) =>
        new(
            "main",
            code,
            new(publicAddress),
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(setting => KeyValuePair.Create($"main:{setting.Key}", setting.Value))
                )
                .Build()
                .GetSection("main"),
            new ChannelHttp(),
            isProduction,
            clock
        );

    /// <summary>Writes a key file that only its owner can read.</summary>
    /// <returns>Where it is.</returns>
    public static string Write(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        Allow(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Says who can read a file.</summary>
    public static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
