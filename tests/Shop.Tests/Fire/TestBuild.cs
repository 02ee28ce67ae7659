using System.Diagnostics;
using Shop.Data.Kernel;
using Shop.Load.Fire;
using Shop.Tests.Architecture;

namespace Shop.Tests.Fire;

/// <summary>The hosts with their <see cref="StopPoint"/>s: built by the first test of a run that wants them.</summary>
internal static class TestBuild
{
    private static readonly Lazy<Task<Programs>> _made = new(BuildAsync);

    /// <summary>The programs that stop at named points.</summary>
    public static Task<Programs> MadeAsync() => _made.Value;

    private static async Task<Programs> BuildAsync()
    {
        // No server of the compiler may stay behind and hold our pipe.
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "build",
                Path.Combine(Papers.Root, "Shop.GraphQL"),
                "--no-restore",
                "--nologo",
                "--verbosity=quiet",
                "--configuration=Release",
                "-nodeReuse:false",
                "-p:UseSharedCompilation=false",
                // They have looked at the same code when the tests were built.
                "-p:RunAnalyzers=false",
                "-p:StopPoints=true",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, said);
        return Programs.Of("StopPoints");
    }
}
