using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Shop.GraphQL.Transport.Http;
using Shop.GraphQL.Transport.Ide;

namespace Shop.Tests.Transport.Ide;

public sealed class IdeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-ide-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_browser_that_opens_the_endpoint_gets_the_page()
    {
        Put("index.html", "<!doctype html>the page");
        await using var shop = await StartAsync();

        using var opened = await BrowseAsync(shop, "/graphql");
        using var page = await BrowseAsync(shop, "/graphql/");

        Assert.Equal(
            (HttpStatusCode.Redirect, "/graphql/"),
            (opened.StatusCode, $"{opened.Headers.Location}")
        );
        Assert.Equal("<!doctype html>the page", await page.Content.ReadAsStringAsync());
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["Accept"], page.Headers.Vary);
        Assert.Equal(
            "chillicream_bcp_legacy_info_shown=true; path=/graphql/; samesite=lax",
            Header(page, "Set-Cookie")
        );
        Assert.Contains(
            "script-src 'self' 'unsafe-eval'",
            Header(page, "Content-Security-Policy"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/graphql", "application/graphql-response+json")]
    [InlineData("/graphql", "*/*")]
    [InlineData("/graphql?query={__typename}", "text/html")]
    public async Task Everyone_else_gets_the_endpoint(string address, string accept)
    {
        Put("index.html", "the page");
        await using var shop = await StartAsync();

        using var answer = await GetAsync(shop, address, accept);

        Assert.Equal("the endpoint", await answer.Content.ReadAsStringAsync());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
    }

    [Fact]
    public async Task Files_whose_name_changes_with_them_are_kept_for_ever_and_the_page_is_asked_for_again()
    {
        Put("index.html", "the page");
        Put("static/js/main.0349187e.js", "run()");
        await using var shop = await StartAsync();

        using var script = await BrowseAsync(shop, "/graphql/static/js/main.0349187e.js");
        using var page = await BrowseAsync(shop, "/graphql/");

        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", Header(script, "Cache-Control"));
        Assert.Equal("no-cache", Header(page, "Cache-Control"));
        Assert.All(
            [script, page],
            answer => Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"))
        );
    }

    [Theory]
    [InlineData("/graphql/package.json")]
    [InlineData("/graphql/static/../package.json")]
    [InlineData("/graphql/static/..%2fpackage.json")]
    [InlineData("/graphql/static/%2e%2e/package.json")]
    [InlineData("/graphql/..%2f..%2fetc/passwd")]
    [InlineData("/graphql//etc/passwd")]
    public async Task What_the_page_does_not_need_cannot_be_had(string address)
    {
        Put("index.html", "the page");
        Put("package.json", "{}");
        await using var shop = await StartAsync();

        using var answer = await BrowseAsync(shop, address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_worker_that_it_asks_for_keeps_nothing()
    {
        Put("index.html", "the page");
        Put("service-worker.js", "cache()");
        await using var shop = await StartAsync();

        using var answer = await BrowseAsync(shop, "/graphql/service-worker.js");

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("cache", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_turn_telemetry_off_and_open_a_first_document()
    {
        await using var shop = await StartAsync();

        using var answer = await BrowseAsync(shop, "/graphql/bcp-config.json");

        var settings = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.True(settings.GetProperty("useBrowserUrlAsEndpoint").GetBoolean());
        Assert.True(settings.GetProperty("disableTelemetry").GetBoolean());
        Assert.Contains(
            "query Browse",
            settings.GetProperty("graphQLDocument").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_npm_the_page_says_how_to_get_the_ide_and_shows_it_once_it_is_there()
    {
        await using var shop = await StartAsync();

        using var before = await BrowseAsync(shop, "/graphql/");
        Put("index.html", "the page");
        using var after = await BrowseAsync(shop, "/graphql/");

        Assert.Contains("npm ci", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-store", Header(before, "Cache-Control"));
        Assert.Equal("the page", await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Turned_off_it_leaves_browsers_to_the_endpoint()
    {
        Put("index.html", "the page");
        await using var shop = await StartAsync(enabled: false);

        using var answer = await BrowseAsync(shop, "/graphql");

        Assert.Equal("the endpoint", await answer.Content.ReadAsStringAsync());
    }

    private void Put(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private async Task<WebApplication> StartAsync(bool enabled = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([
            new("Ide:Folder", _folder.FullName),
            new("Ide:Enabled", enabled.ToString()),
        ]);
        builder.Services.AddIde();
        var app = builder.Build();
        app.UseStrictHeaders();
        app.UseIde("/graphql");
        app.MapGet("/graphql", () => Results.Text("the endpoint"));
        await app.StartAsync();
        return app;
    }

    private static Task<HttpResponseMessage> BrowseAsync(WebApplication shop, string address) =>
        GetAsync(shop, address, "text/html,application/xhtml+xml,*/*;q=0.8");

    private static async Task<HttpResponseMessage> GetAsync(
        WebApplication shop,
        string address,
        string accept
    )
    {
        using var client = shop.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await client.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));
}
