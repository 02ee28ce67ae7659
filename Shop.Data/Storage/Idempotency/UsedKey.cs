using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage.Idempotency;

/// <summary>
/// That a context has done what a call with this idempotency key asked for. Its row is inserted first, in the transaction of
/// the effect; <see cref="ForgetUsedKeys{TDb}"/> removes it after a while.
/// </summary>
internal sealed class UsedKey
{
    /// <summary>Chosen by the client.</summary>
    public Guid Key { get; private init; }

    /// <summary>SHA-256 over the input: the same key with another input is a conflict.</summary>
    public byte[] Fingerprint { get; private init; } = [];

    /// <summary>What the first call was about, such as the product that it made.</summary>
    public long SubjectId { get; private init; }

    /// <summary>When the key was first used.</summary>
    public DateTimeOffset CreatedAt { get; private init; }
}

/// <summary>The used keys of a context whose calls are about one row each.</summary>
internal static class UsedKeyTable
{
    public static void AddUsedKeyTable(this ModelBuilder model) =>
        model.Entity<UsedKey>(table =>
        {
            table.ToTable("idempotency_key");
            table.HasKey(used => used.Key);
            table.Property(used => used.Key).ValueGeneratedNever();
            // Serves retention.
            table.HasIndex(used => used.CreatedAt);
        });
}
