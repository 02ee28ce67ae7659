using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>Which documents clients may send, and which they may name by a hash; section <c>GraphQL:Documents</c>.</summary>
internal sealed class DocumentOptions
{
    public const string Section = "GraphQL:Documents";

    /// <summary>
    /// Whether all but registered documents are refused; default no, so that a developer can try the shop freely.
    /// With it, clients ask only what they were built to ask; introspection and the IDE go with it, and so
    /// do routers, which send documents of their own.
    /// </summary>
    public bool TrustedOnly { get; init; }

    /// <summary>
    /// A file with documents of one's own clients, registered beside those of <c>schema/operations</c>: what
    /// <c>generate-persisted-query-manifest</c> of Apollo writes, or an object of SHA-256 hashes and texts, as
    /// graphql-codegen and the Relay compiler write it. Read at start; a document that does not fit stops the host.
    /// </summary>
    public string? Manifest { get; init; }

    /// <summary>
    /// Whether clients may register documents as they go (automatic persisted queries), for all nodes; default yes: it
    /// saves them the upload and opens nothing that a plain query does not.
    /// </summary>
    public bool Automatic { get; init; } = true;

    /// <summary>The most documents that clients have registered. With 20,000 characters each, 20 MB of Redis.</summary>
    [Range(1, 100_000)]
    public int AutomaticCapacity { get; init; } = 1_000;

    /// <summary>How long one of them is kept after its last use: longer than a quiet weekend.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AutomaticLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long browsers and CDNs may show the answer to a GET that is the same for everybody. Ten seconds of a hot page
    /// are a thousand requests less, and a price is checked again when it is ordered; zero lets them ask each time, and be
    /// told that nothing has changed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(10);
}
