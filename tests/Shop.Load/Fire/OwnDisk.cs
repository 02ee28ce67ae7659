using System.Diagnostics;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Load.Fire;

/// <summary>A disk that a town has for itself, so that it can be filled.</summary>
/// <param name="folder">Where it is mounted; what is put there is gone with the town.</param>
internal sealed class OwnDisk(string folder)
{
    // Both servers keep some 2 GB of their logs before they recycle them.
    private const string Megabytes = "6144";

    // Gone with the last process that sees it.
    private const string Mount =
        """mount -t tmpfs -o "size=$1m,mode=755" tmpfs "$0" && shift && exec "$@" """;

    private readonly string _filler = Path.Combine(folder, "filler");

    /// <summary>Only root may mount one.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <summary>Runs this program once more, with a disk that it and what it starts see alone.</summary>
    /// <param name="option">The option that names the folder of the disk.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string option, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("shop-fire-").FullName;
        using var program = Process.Start(
            "unshare",
            [
                "--mount",
                "sh",
                "-c",
                Mount,
                folder,
                Megabytes,
                "dotnet",
                .. Environment.GetCommandLineArgs(),
                option,
                folder,
            ]
        );
        try
        {
            await program.WaitForExitAsync(cancel);
            return program.ExitCode;
        }
        finally
        {
            program.Kill();
            ShopHome.Remove(folder);
        }
    }

    /// <summary>Leaves no byte free.</summary>
    public Task FillAsync() => Task.Run(Fill);

    /// <summary>Gives the room back.</summary>
    public void Empty() => File.Delete(_filler);

    private void Fill()
    {
        using var filler = File.OpenHandle(_filler, FileMode.Create, FileAccess.Write);
        // At last a sector at a time.
        foreach (var length in new[] { 1 << 20, 512 })
        {
            try
            {
                for (var block = new byte[length]; ; )
                {
                    RandomAccess.Write(filler, block, RandomAccess.GetLength(filler));
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }
}
