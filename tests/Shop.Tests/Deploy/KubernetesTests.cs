using k8s;
using k8s.Models;
using Shop.Tests.Architecture;

namespace Shop.Tests.Deploy;

/// <summary>
/// What <c>deploy/kubernetes</c> yields, as <c>tests/deploy</c> has written it down, read by .NET's client of Kubernetes. That finds
/// words that Kubernetes does not know, which the schemas of tests/deploy let pass; they find the rest.
/// </summary>
public sealed class KubernetesTests
{
    // Kinds that others have added to Kubernetes: read, and not looked into.
    private static readonly Dictionary<string, Type> _foreign = new()
    {
        ["external-secrets.io/v1/ExternalSecret"] = typeof(Dictionary<string, object>),
        ["gateway.networking.k8s.io/v1/HTTPRoute"] = typeof(Dictionary<string, object>),
        ["postgresql.cnpg.io/v1/Cluster"] = typeof(Dictionary<string, object>),
    };

    [Theory]
    [InlineData("development")]
    [InlineData("production")]
    public void Every_word_is_one_of_Kubernetes(string overlay)
    {
        var objects = Read(Text(overlay));

        Assert.Equal(2, objects.OfType<V1Deployment>().Count(one => one.Name() is "web" or "jobs"));
        Assert.InRange(objects.Count, 40, 100);
    }

    [Fact]
    public void Search_is_an_engine_its_two_ways_and_the_hosts_that_know_of_it()
    {
        var objects = Read(Text("search"));

        Assert.Equal(2, objects.OfType<V1Deployment>().Count(KnowsTheEngine));
        Assert.Equal("elasticsearch", Assert.Single(objects.OfType<V1StatefulSet>()).Name());
        Assert.Equal(2, objects.OfType<V1NetworkPolicy>().Count());
        Assert.Contains(
            objects.OfType<V1ConfigMap>(),
            map => map.Data["Search__Elastic__Nodes__0"] == "http://elasticsearch:9200"
        );

        static bool KnowsTheEngine(V1Deployment host) =>
            host.Spec.Template.Spec.Containers[0].Env.Any(one => one.Name == "Search__Elastic__ApiKey");
    }

    [Theory]
    [InlineData("readinessProbe:", "readinesProbe:")]
    [InlineData("maxUnavailable: 1", "maxUnavailabel: 1")]
    [InlineData("podSelector:", "podSelectors:")]
    [InlineData("terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: a minute")]
    [InlineData("kind: NetworkPolicy", "kind: NetworkPolice")]
    public void A_word_that_is_misspelt_is_found(string right, string wrong)
    {
        var text = Text("production");
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => Read(text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static List<object> Read(string text) =>
        KubernetesYaml.LoadAllFromString(text, _foreign, strict: true);

    private static string Text(string overlay) => Papers.Read($"tests/deploy/snapshots/{overlay}.yaml");
}
