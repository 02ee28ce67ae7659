using System.Text.Json;
using GraphQL;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Http;

namespace Shop.Tests.Engine.Schema;

/// <summary>The library's schema without a transport, for tests of what the engine answers.</summary>
public sealed class LibraryGraph : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public LibraryGraph()
        : this(new LibraryModule()) { }

    internal LibraryGraph(IGraphModule module, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        foreach (var (name, value) in settings)
        {
            configuration[name] = value;
        }

        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<Library>()
            .AddShopGraph(module)
            .BuildServiceProvider();
    }

    /// <summary>Stands still until it is moved.</summary>
    internal FakeTimeProvider Clock { get; } = new();

    internal GraphEngine Engine => _services.GetRequiredService<GraphEngine>();

    internal IServiceProvider Services => _services;

    internal Library Library => _services.GetRequiredService<Library>();

    /// <summary>Runs one operation in a scope of its own and reads its answer.</summary>
    public async Task<JsonElement> RunAsync(string query, object? variables = null)
    {
        await using var scope = _services.CreateAsyncScope();
        var result = await Engine.ExecuteAsync(
            new ExecutionOptions
            {
                Query = query,
                Variables = RequestReader.ReadParameter(
                    variables is null ? null : JsonSerializer.Serialize(variables),
                    "variables"
                ),
                UserContext = new Caller(OperationKinds.Query | OperationKinds.Mutation),
                RequestServices = scope.ServiceProvider,
            }
        );
        using var buffer = JsonBuffer.Rent();
        ResultWriter.Write(buffer.Json, result);
        return JsonSerializer.Deserialize<JsonElement>(buffer.Bytes.Span);
    }

    /// <summary>The data of an operation that must have no errors.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables = null)
    {
        var answer = await RunAsync(query, variables);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Code and message of the only error of an operation.</summary>
    public async Task<(string Code, string Message)> ErrorAsync(string query, object? variables = null)
    {
        var error = Assert.Single((await RunAsync(query, variables)).GetProperty("errors").EnumerateArray());
        return (
            error.GetProperty("extensions").GetProperty("code").GetString()!,
            error.GetProperty("message").GetString()!
        );
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
