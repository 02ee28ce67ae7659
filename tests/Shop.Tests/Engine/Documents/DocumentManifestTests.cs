using System.Text.Json;
using Shop.GraphQL.Engine.Documents;
using Shop.Tests.Architecture;
using Shop.Tests.Engine.Schema;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Engine.Documents;

/// <summary>Documents that are registered by a file.</summary>
public sealed class DocumentManifestTests : IDisposable
{
    private const string Query = "query Titles { books { nodes { title } } }";

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void The_file_that_clients_read_has_the_documents_that_the_shop_knows() =>
        Assert.True(
            Papers.Read("schema/operations.json") == DocumentManifest.Of(OperationFiles.Read()),
            "schema/operations.json is old; ./shop schema writes it anew."
        );

    [Fact]
    public void A_hash_is_the_SHA_256_of_the_text() =>
        // printf 'query Titles { books { nodes { title } } }' | sha256sum
        Assert.Equal(
            "366e65fc32dc0e1eeb02a592254894c38cb1c08ab41d98d32564e6d3dfb0032e",
            new TrustedDocument("Titles", "query", Query).Id
        );

    [Fact]
    public void What_is_written_can_be_read()
    {
        Write(DocumentManifest.Of(OperationFiles.Read()));

        Assert.Equal(OperationFiles.Read(), DocumentManifest.Read(_path));
    }

    [Theory]
    // As Relay's compiler writes it, and as graphql-codegen's client preset does.
    [InlineData("")]
    [InlineData("sha256:")]
    public void A_plain_object_of_hashes_and_texts_can_be_read(string prefix)
    {
        Write(
            JsonSerializer.Serialize(
                new Dictionary<string, string> { [prefix + TrustedDocument.IdOf(Query)] = Query }
            )
        );

        Assert.Equal([new TrustedDocument("Titles", "query", Query)], DocumentManifest.Read(_path));
    }

    [Theory]
    [InlineData("{", "is no manifest of documents")]
    [InlineData("[]", "is no manifest of documents")]
    [InlineData("{\"operations\": 7}", "is no manifest of documents")]
    [InlineData(
        "{\"operations\": [{\"id\": \"0123\", \"name\": \"A\", \"type\": \"query\"}]}",
        "is no manifest"
    )]
    [InlineData("{\"operations\": [null]}", "needs an operation with a name")]
    [InlineData("{\"operations\": null}", "needs an operation with a name")]
    [InlineData("{\"0123\": null}", "needs an operation with a name")]
    [InlineData(
        "{\"0123\": \"query Titles { books { nodes { title } } }\"}",
        "0123 is not the SHA-256 of Titles"
    )]
    [InlineData("{\"0123\": \"{ books { nodes { title } } }\"}", "needs an operation with a name")]
    [InlineData("{\"0123\": \"query Titles {\"}", "is no manifest of documents")]
    public void A_file_that_cannot_be_meant_is_refused(string json, string message)
    {
        Write(json);

        var refusal = Assert.Throws<InvalidDataException>(() => DocumentManifest.Read(_path));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_opens_with_the_documents_of_its_operator()
    {
        Write(DocumentManifest.Of([TrustedDocument.Parse(Query)]));
        await using var host = await StartAsync();

        using var answer = await host.GetAsync($"documentId=sha256:{TrustedDocument.IdOf(Query)}");

        Assert.Contains("Volume 1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query Titles { books { nodes { titel } } }", "Cannot query field 'titel'")]
    [InlineData("query Titles { books { nodes { title", "is no manifest of documents")]
    [InlineData("query Titles { books { nodes { ~ } } }", "may nest 20 fields")]
    public async Task A_shop_does_not_open_with_a_document_that_nobody_could_run(string text, string message)
    {
        var deep = text.Replace("~", DocumentTests.Expand("~30"), StringComparison.Ordinal);
        Write(
            JsonSerializer.Serialize(new Dictionary<string, string> { [TrustedDocument.IdOf(deep)] = deep })
        );

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private void Write(string json) => File.WriteAllText(_path, json);

    private async Task<LibraryHost> StartAsync()
    {
        var host = new LibraryHost(builder => builder.Configuration["GraphQL:Documents:Manifest"] = _path);
        await host.InitializeAsync();
        return host;
    }
}
