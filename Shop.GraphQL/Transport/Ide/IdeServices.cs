using Microsoft.Extensions.Options;
using Shop.Data.Storage;

namespace Shop.GraphQL.Transport.Ide;

/// <summary>Puts the IDE in front of the endpoint.</summary>
internal static class IdeServices
{
    public static IServiceCollection AddIde(this IServiceCollection services) =>
        services
            .AddSettings<IdeOptions>(IdeOptions.Section)
            .AddSingleton(provider =>
            {
                var root = provider.GetRequiredService<IHostEnvironment>().ContentRootPath;
                var options = provider.GetRequiredService<IOptions<IdeOptions>>().Value;
                return new IdeFiles(Path.Combine(root, options.Folder));
            });

    /// <summary>
    /// Answers browsers that open <paramref name="path"/>; every other request goes on to whatever is mapped there.
    /// </summary>
    /// <param name="app">Where the endpoint is mapped, too; in either order.</param>
    /// <param name="path">Where the GraphQL endpoint is, such as <c>/graphql</c>; without a slash at the end.</param>
    /// <param name="audience">Whose schema it serves.</param>
    public static IApplicationBuilder UseIde(
        this IApplicationBuilder app,
        PathString path,
        Audience audience = Audience.Shoppers
    ) =>
        app.ApplicationServices.GetRequiredService<IOptions<IdeOptions>>().Value.Enabled
            ? app.UseMiddleware<IdeForBrowsers>(path, audience)
            : app;
}
