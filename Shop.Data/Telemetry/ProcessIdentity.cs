using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Shop.Data.Telemetry;

/// <summary>Which process of a shop tells something about itself.</summary>
/// <param name="Service"><c>shop-web</c> or <c>shop-jobs</c>.</param>
/// <param name="Version">Of the build, with its commit: <c>1.0.0+3f2a91c…</c>.</param>
/// <param name="Pod">Kubernetes' name of it, from <c>POD_NAME</c>; null elsewhere.</param>
/// <param name="Namespace">The pod's, from <c>POD_NAMESPACE</c>.</param>
/// <param name="Node">The machine under it, from <c>NODE_NAME</c>.</param>
public sealed record ProcessIdentity(
    string Service,
    string Version,
    string? Pod,
    string? Namespace,
    string? Node
)
{
    /// <summary>Of this build.</summary>
    public static string BuildVersion { get; } =
        typeof(ProcessIdentity)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;

    /// <summary>The same in the words of OpenTelemetry; what is not known is left out.</summary>
    internal IEnumerable<KeyValuePair<string, object>> Attributes =>
        from attribute in new (string Name, string? Value)[]
        {
            ("service.name", Service),
            ("service.version", Version),
            ("k8s.pod.name", Pod),
            ("k8s.namespace.name", Namespace),
            ("k8s.node.name", Node),
        }
        where !string.IsNullOrEmpty(attribute.Value)
        select KeyValuePair.Create<string, object>(attribute.Name, attribute.Value);

    /// <summary>Of this process.</summary>
    public static ProcessIdentity Of(string service, IConfiguration settings) =>
        new(service, BuildVersion, settings["POD_NAME"], settings["POD_NAMESPACE"], settings["NODE_NAME"]);
}
