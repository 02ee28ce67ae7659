namespace Shop.Data.Storage.Migrating;

/// <summary>How hosts come by their tables. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>
    /// Whether a web host brings the tables up to date at its start. Where false, the verb <c>migrate</c> does so, once a release, and
    /// all hosts wait for it: so a new release and the one before can run beside each other, and none needs to be the first.
    /// </summary>
    public bool MigrateAtStart { get; init; } = true;
}
