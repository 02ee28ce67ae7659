namespace Shop.Data.Storage.Migrating;

/// <summary>How hosts come by their tables, and what they ask the primary. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>
    /// Whether a web host brings the tables up to date at its start. Where false, the verb <c>migrate</c> does so, once a release, and
    /// all hosts wait for it: so a new release and the one before can run beside each other, and none needs to be the first.
    /// </summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>
    /// Whether what a replica may answer is never asked of the primary where several servers are named and no replica is up. The
    /// primary has orders to write, and would be the next to fall: a large shop shows what is kept then, and refuses the rest.
    /// </summary>
    public bool SparePrimary { get; init; }
}
