namespace Shop.Data.Payments.Channels;

/// <summary>
/// A key that stands in a file of its own, which nobody but the shop can read. A file that is replaced is read again at the
/// next use, so that keys are changed without a restart.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="parse">Makes the key of the file's bytes; throws what says that it is none.</param>
public sealed class KeyFile<TKey>(string path, Func<byte[], TKey> parse)
{
    private readonly Lock _lock = new();
    private (DateTime WrittenAt, TKey Key)? _read;

    /// <summary>The key, as the file has it now. Thread-safe.</summary>
    /// <exception cref="KeyFileException">The file is not there, others can read it, or it holds no such key.</exception>
    public TKey Key
    {
        get
        {
            lock (_lock)
            {
                var writtenAt = File.GetLastWriteTimeUtc(path);
                if (_read is not { } read || read.WrittenAt != writtenAt)
                {
                    _read = read = (writtenAt, Read());
                }

                return read.Key;
            }
        }
    }

    private TKey Read()
    {
        const UnixFileMode Others =
            UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new KeyFileException(path, "others can read it; its mode has to be 0600");
            }

            return parse(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is not KeyFileException)
        {
            // What the parser says may quote the key.
            throw new KeyFileException(
                path,
                fault is IOException or UnauthorizedAccessException
                    ? "it can't be read"
                    : "it holds no such key"
            );
        }
    }
}

/// <summary>A key can't be had.</summary>
/// <param name="path">The file.</param>
/// <param name="why">Without what the file holds.</param>
public sealed class KeyFileException(string path, string why) : Exception($"{path}: {why}.");
