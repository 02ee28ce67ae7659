using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Storage.Idempotency;

/// <summary>
/// That a context has done what a call with this key asked for. Its row is inserted first, in the transaction of the
/// effect; <see cref="ForgetIdempotencyKeys{TDb}"/> removes it after a while.
/// </summary>
internal sealed class IdempotencyKey
{
    /// <summary>Chosen by the client.</summary>
    public Guid Key { get; private init; }

    /// <summary>Over the input, see <see cref="Idempotency.Fingerprint"/>: the same key with another input is a conflict.</summary>
    public byte[] Fingerprint { get; private init; } = [];

    /// <summary>What the first call was about, such as the product that it made.</summary>
    public long SubjectId { get; private init; }

    /// <summary>When the key was first used; null once it is forgotten and its row is kept.</summary>
    public DateTimeOffset? CreatedAt { get; private init; }
}

/// <summary>The idempotency keys of a context: the same table in each of them.</summary>
internal static class IdempotencyKeyTable
{
    public static EntityTypeBuilder<IdempotencyKey> AddIdempotencyKeys(this ModelBuilder model)
    {
        var table = model.Entity<IdempotencyKey>();
        table.ToTable("idempotency_key");
        table.HasKey(used => used.Key);
        table.Property(used => used.Key).ValueGeneratedNever();
        // Serves "which keys are old enough to be forgotten".
        table.HasIndex(used => used.CreatedAt).HasFilter("created_at is not null");
        return table;
    }
}
