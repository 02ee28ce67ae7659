using System.Security.Cryptography;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// The secret of a shop that brings its own stores: <c>key-secret</c> in its home, random, for its owner's eyes only. A shop with
/// stores of its operator's gets it from them.
/// </summary>
internal static class KeySecret
{
    /// <summary>Where the host looks for it.</summary>
    public const string Setting = "Accounts:KeySecret";

    private const int Bytes = 48;

    /// <summary>Where it is.</summary>
    public static string PathIn(string home) => Path.Combine(home, "key-secret");

    /// <summary>The secret of this home; made when there is none. For its shop, and commands that talk to it.</summary>
    public static string Of(string home)
    {
        var path = PathIn(home);
        if (!File.Exists(path))
        {
            Make(path);
        }

        return File.ReadAllText(path);
    }

    /// <summary>Refuses to open a shop without one.</summary>
    /// <exception cref="CannotStartException">It is not set, or too short.</exception>
    public static void Need(IConfiguration settings)
    {
        if (settings[Setting] is not { Length: >= 32 })
        {
            throw new CannotStartException(
                $"{Setting} is missing: at least 32 random characters, the same on all nodes. "
                    + "This helps: export Accounts__KeySecret=\"$(openssl rand -base64 48)\", and keep it."
            );
        }
    }

    private static void Make(string path)
    {
        var unfinished = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(unfinished, options))
        {
            file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
