namespace Shop.Tests.Fixtures;

/// <summary>Programs that tests ask for and that a developer's machine need not have.</summary>
internal static class Installed
{
    /// <summary>Where it is; null where it is not installed.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, and this is CI, where nothing is skipped.</exception>
    public static string? Find(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        return found is null && Environment.GetEnvironmentVariable("CI") is "true"
            ? throw new InvalidOperationException($"{program} is not installed.")
            : found;
    }

    /// <summary>Leaves a test out where a program is not installed.</summary>
    /// <inheritdoc cref="Find" path="/exception" />
    public static void Need(string program) =>
        Assert.SkipWhen(Find(program) is null, $"{program} is not installed.");
}
