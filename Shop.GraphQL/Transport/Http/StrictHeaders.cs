namespace Shop.GraphQL.Transport.Http;

/// <summary>What every answer of the shop tells a browser: this is data; frame it nowhere, run nothing of it.</summary>
internal static class StrictHeaders
{
    /// <summary>Runs first; what stands behind it may replace a header on its own answers, as the IDE does.</summary>
    public static IApplicationBuilder UseStrictHeaders(this IApplicationBuilder app) =>
        app.Use(
            static (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
                headers["Referrer-Policy"] = "no-referrer";
                return next(context);
            }
        );
}
