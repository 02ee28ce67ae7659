using System.Reflection;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>A Lua script that stands beside the class that types it; sent once, then called by its hash.</summary>
internal sealed class RedisScript
{
    private readonly string _text;

    private RedisScript(string text) => _text = text;

    /// <summary>Reads <c>{name}.lua</c> from the folder (namespace) of <typeparamref name="TBeside"/>.</summary>
    public static RedisScript Load<TBeside>(string name)
    {
        var path = $"{typeof(TBeside).Namespace}.{name}.lua";
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"No embedded script {path}.");
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }

    public Task<RedisResult> RunAsync(IDatabase redis, RedisKey[] keys, RedisValue[] values) =>
        redis.ScriptEvaluateAsync(_text, keys, values);
}
