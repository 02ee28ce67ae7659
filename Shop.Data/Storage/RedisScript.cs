using System.Reflection;
using Shop.Data.Telemetry;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>A Lua script that stands beside the class that types it; sent once, then called by its hash.</summary>
internal sealed class RedisScript
{
    private readonly string _name;
    private readonly string _text;

    private RedisScript(string name, string text) => (_name, _text) = (name, text);

    /// <summary>
    /// Reads <c>{name}.lua</c> from the folder (namespace) of <typeparamref name="TBeside"/>. Several files become one
    /// script, in that order: what the first declares <c>local</c>, the others use.
    /// </summary>
    public static RedisScript Load<TBeside>(params ReadOnlySpan<string> names)
    {
        var parts = new List<string>(names.Length);
        foreach (var name in names)
        {
            parts.Add(Read($"{typeof(TBeside).Namespace}.{name}.lua"));
        }

        return new($"EVAL {names[^1]}", string.Join('\n', parts));
    }

    /// <param name="keys">All keys that it touches: they are locked together, and on a cluster on one node.</param>
    public async Task<RedisResult> RunAsync(IDatabase redis, RedisKey[] keys, RedisValue[] values)
    {
        using var span = Traces.AskRedis(_name);
        return await redis.ScriptEvaluateAsync(_text, keys, values);
    }

    private static string Read(string path)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"No embedded script {path}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
