namespace Shop.Tests.Payments;

/// <summary>Files that only their owner can read.</summary>
internal static class KeyFiles
{
    /// <summary>Writes one.</summary>
    /// <returns>Where it is.</returns>
    public static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}
