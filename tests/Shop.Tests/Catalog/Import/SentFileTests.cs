using System.IO.Compression;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Kernel;
using Shop.GraphQL.Catalog.Import;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>Files that staff sends.</summary>
public sealed class SentFileTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly ClaimsPrincipal _staff = Askers.Staff(StaffRole.Catalog);

    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task A_file_that_is_sent_can_be_imported()
    {
        // More than two pieces.
        var file = Encoding.UTF8.GetBytes(ImportDesk.Vases("UA", 20_000));

        var answer = await SendAsync(_staff, file);

        Assert.Equal(201, answer.Status);
        Assert.Equal(file.Length, answer.Body.GetProperty("bytes").GetInt64());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(file)),
            answer.Body.GetProperty("sha256").GetString()
        );
        var url = answer.Body.GetProperty("url").GetString()!;
        Assert.StartsWith("https://shop.example/graphql/admin/files/", url, StringComparison.Ordinal);
        var id = await _desk.StartAsync(new(url), ImportErrorPolicy.RefuseAll);
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        Assert.Equal(
            (ImportStatus.Done, 20_000),
            ((await _desk.FindAsync(id)).Status, (await _desk.FindAsync(id)).RowsSaved)
        );
    }

    [Fact]
    public async Task Nobody_without_the_role_sends_files()
    {
        var before = await FilesAsync();

        Assert.Equal((401, "UNAUTHENTICATED"), await RefusedAsync(Askers.Guest, "text/csv"));
        Assert.Equal((403, "FORBIDDEN"), await RefusedAsync(Askers.Staff(StaffRole.Orders), "text/csv"));
        Assert.Equal(before, await FilesAsync());
    }

    [Theory]
    [InlineData("text/html", null)]
    [InlineData("image/png", null)]
    [InlineData("csv", null)]
    [InlineData("text/csv; charset=latin1", null)]
    [InlineData("application/octet-stream; charset=utf-16", null)]
    [InlineData("text/csv", "br")]
    public async Task A_file_of_another_kind_is_refused(string? type, string? encoding) =>
        Assert.Equal((415, "BAD_REQUEST"), await RefusedAsync(_staff, type, encoding));

    [Theory]
    [InlineData("text/csv; charset=UTF-8", "gzip")]
    [InlineData("text/csv; charset=\"utf-8\"", null)]
    [InlineData("application/jsonl", null)]
    [InlineData("application/x-ndjson", "gzip")]
    [InlineData("application/vnd.ms-excel", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData(null, null)]
    public async Task The_kinds_that_imports_read_are_taken(string? type, string? encoding) =>
        Assert.Equal(201, (await SendAsync(_staff, [1], type, encoding)).Status);

    [Theory]
    [InlineData("text/csv", null, "{}", "CSV")]
    [InlineData("application/octet-stream", "goods.csv", "{}", "CSV")]
    [InlineData("application/octet-stream", "goods.jsonl.gz", "sku,title", "JSON_LINES")]
    [InlineData("application/vnd.ms-excel", null, "\uFEFFsku,title", "CSV")]
    [InlineData("application/vnd.ms-excel", null, "PK\u0003\u0004\u0014", null)]
    [InlineData("application/json", null, "\n {\"sku\": 1}", "JSON_LINES")]
    [InlineData("application/json", null, "[{\"sku\": 1}]", null)]
    [InlineData(null, null, "sku,title", "CSV")]
    [InlineData(null, null, "", null)]
    public async Task How_a_file_is_written_is_told_by_its_type_its_name_or_its_beginning(
        string? type,
        string? name,
        string content,
        string? format
    )
    {
        foreach (var zipped in new[] { false, true })
        {
            var file = Encoding.UTF8.GetBytes(content);
            var sent = await SendAsync(_staff, zipped ? Gzip(file) : file, type, name: name);

            var url = sent.Body.GetProperty("url").GetString()!;
            Assert.Equal(format ?? "INVALID_INPUT", await FormatAsync(url));
            Assert.Equal("CSV", await FormatAsync(url, "CSV"));
        }
    }

    [Fact]
    public async Task The_first_file_of_a_form_is_taken()
    {
        var form = new MultipartFormDataContent("----a form----")
        {
            { new StringContent("no file"), "comment" },
            { new ByteArrayContent("{}\n"u8.ToArray()), "file", "goods.csv" },
            { new StringContent("another"), "file", "other.jsonl" },
        };
        var body = await form.ReadAsByteArrayAsync();
        var type = form.Headers.ContentType!.ToString();

        var sent = await SendAsync(_staff, body, type);
        var cut = await SendAsync(_staff, body[..(body.Length / 2)], type);
        var none = await SendAsync(_staff, body, "multipart/form-data");

        Assert.Equal((201, 3), (sent.Status, sent.Body.GetProperty("bytes").GetInt64()));
        Assert.Equal("CSV", await FormatAsync(sent.Body.GetProperty("url").GetString()!));
        Assert.Equal((400, 400), (cut.Status, none.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_too_large_leaves_nothing_behind(bool saysItsLength)
    {
        var before = await FilesAsync();

        var answer = await SendAsync(
            _staff,
            new byte[2_000_000],
            maxBytes: 1_000_000,
            saysItsLength: saysItsLength
        );

        Assert.Equal(413, answer.Status);
        Assert.Equal(before, await FilesAsync());
    }

    private async Task<string?> FormatAsync(string url, string? format = null)
    {
        const string Start = """
            mutation($key: UUID!, $url: URL!, $format: ImportFormat) {
              catalogImport(input: {idempotencyKey: $key, url: $url, onError: REFUSE_ALL, format: $format}) {
                import { format } problems { code }
              }
            }
            """;
        var variables = new
        {
            key = Guid.CreateVersion7(),
            url,
            format,
        };
        var answer = (await shop.AskAsync(_staff, Start, variables)).GetProperty("catalogImport");
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        return answer.GetProperty("import") is { ValueKind: JsonValueKind.Object } import
            ? import.GetProperty("format").GetString()
            : answer.GetProperty("problems")[0].GetProperty("code").GetString();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return file.ToArray();
    }

    private Task<long> FilesAsync() =>
        _desk.CountAsync(
            "select (select count(*) from catalog.staged_file) + (select count(*) from catalog.staged_chunk)"
        );

    private async Task<(int, string?)> RefusedAsync(
        ClaimsPrincipal user,
        string? type,
        string? encoding = null
    )
    {
        var answer = await SendAsync(user, [1], type, encoding);
        var error = answer.Body.GetProperty("errors")[0];
        return (answer.Status, error.GetProperty("extensions").GetProperty("code").GetString());
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(
        ClaimsPrincipal user,
        byte[] file,
        string? type = "text/csv",
        string? encoding = null,
        long? maxBytes = null,
        bool saysItsLength = true,
        string? name = null
    )
    {
        await using var scope = shop.Scope();
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = user };
        http.Request.Method = "POST";
        http.Request.Scheme = "https";
        http.Request.Host = new("shop.example");
        http.Request.ContentType = type;
        http.Request.Headers.ContentEncoding = encoding;
        http.Request.Headers.ContentDisposition = name is null ? default : $"attachment; filename=\"{name}\"";
        http.Request.ContentLength = saysItsLength ? file.Length : null;
        http.Request.Body = new MemoryStream(file);
        http.Response.Body = answer;
        await Endpoint(maxBytes).ServeAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        return (http.Response.StatusCode, JsonSerializer.Deserialize<JsonElement>(answer.ToArray()));
    }

    private FileEndpoint Endpoint(long? maxBytes)
    {
        if (maxBytes is not { } bytes)
        {
            return shop.Get<FileEndpoint>();
        }

        var options = Options.Create(new ImportOptions { MaxBytes = bytes });
        return ActivatorUtilities.CreateInstance<FileEndpoint>(
            shop.Services,
            ActivatorUtilities.CreateInstance<StageFile>(shop.Services, options),
            options
        );
    }
}

/// <summary>The door for files, over HTTP.</summary>
public sealed class FileDoorTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task Files_of_guests_are_refused_at_the_door()
    {
        using var file = new StringContent("sku,title", Encoding.UTF8, "text/csv");
        using var answer = await shop.Client.PostAsync(FileEndpoint.Path, file);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }
}
