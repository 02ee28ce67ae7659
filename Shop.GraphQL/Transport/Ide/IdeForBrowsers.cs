using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Shop.GraphQL.Transport.Ide;

/// <summary>
/// The IDE's page, settings and files, at and below the address of the GraphQL endpoint. A GET that asks for HTML and
/// carries no query is a person with a browser; all else is left to the endpoint.
/// </summary>
internal sealed class IdeForBrowsers(RequestDelegate next, PathString path, Audience audience, IdeFiles files)
{
    // 'unsafe-eval': the IDE compiles code from strings and stays white without. Inline styles: its editor makes them.
    // 'self' covers WebSockets of the same host. Nothing may be loaded from, or sent to, anywhere else.
    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ForEver = "public, max-age=31536000, immutable";

    // The IDE asks for a worker that would keep its pages. Kept, they would outlive the shop's next version.
    private const string Worker = "service-worker.js";
    private const string KeepsNothing = "self.addEventListener('install', () => self.skipWaiting());\n";

    // Its maker's notice above the page has been read, as the IDE remembers it. The cookie stays below the page's address.
    private const string NoticeWasRead = "chillicream_bcp_legacy_info_shown";

    private const string Missing = """
        <!doctype html>
        <title>Shop</title>
        <p>The shop runs; its IDE is not here yet. Get it with
        <code>npm ci --ignore-scripts --prefix Shop.GraphQL/Transport/Ide</code> and reload this page.</p>
        """;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (
            !HttpMethods.IsGet(request.Method)
            || !request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase, out var below)
        )
        {
            return next(context);
        }

        if (!below.HasValue || below == "/")
        {
            return IsPerson(request) ? OpenAsync(context, below) : next(context);
        }

        var address = below.Value[1..];
        if (address == IdePreset.Address)
        {
            return SendPresetAsync(context);
        }

        if (address == Worker)
        {
            return Results.Content(KeepsNothing, MediaTypeNames.Text.JavaScript).ExecuteAsync(context);
        }

        return files.Find(address) is { } file ? SendAsync(context, file) : next(context);
    }

    private static bool IsPerson(HttpRequest request) =>
        !request.Query.ContainsKey("query")
        && !request.Query.ContainsKey("extensions")
        && request.Headers.Accept.Any(accept =>
            accept!.Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase)
        );

    private Task OpenAsync(HttpContext context, PathString below)
    {
        // The same address answers a client with JSON: a cache has to tell the two apart.
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (!below.HasValue)
        {
            // The page names its files relative to itself, so it needs the slash.
            context.Response.Redirect(context.Request.PathBase + path + "/");
            return Task.CompletedTask;
        }

        if (files.Find("index.html") is not { } page)
        {
            return SayMissingAsync(context);
        }

        context.Response.Cookies.Append(
            NoticeWasRead,
            "true",
            new() { Path = context.Request.PathBase + path + "/", SameSite = SameSiteMode.Lax }
        );
        return SendAsync(context, page);
    }

    private static Task SayMissingAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(Missing, "text/html; charset=utf-8").ExecuteAsync(context);
    }

    private static Task SendAsync(HttpContext context, IdeFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = file.IsHashed ? ForEver : "no-cache";
        return Results.File(file.Path, file.ContentType, lastModified: file.ChangedAt).ExecuteAsync(context);
    }

    private Task SendPresetAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(IdePreset.For(audience), MediaTypeNames.Application.Json).ExecuteAsync(context);
    }
}
