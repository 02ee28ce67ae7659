using System.Text;

namespace Shop.Channels.Wires;

/// <summary>Key files that only their owner can read.</summary>
/// <param name="path">The folder; it is made where it is not there.</param>
public sealed class KeyFolder(string path)
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateDirectory(path).FullName;

    /// <summary>Writes a file, in one step in place of the one that is there.</summary>
    /// <returns>Where it is.</returns>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, in one step in place of the one that is there.</summary>
    /// <returns>Where it is.</returns>
    public string Write(string name, byte[] bytes)
    {
        var file = System.IO.Path.Combine(Path, name);
        var fresh = file + ".new";
        File.Delete(fresh);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, how))
        {
            stream.Write(bytes);
        }

        File.Move(fresh, file, overwrite: true);
        return file;
    }
}
