using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Search;

/// <summary>Names what staff has said of words.</summary>
public readonly record struct SynonymId(long Value) : IRowId<SynonymId>
{
    /// <inheritdoc />
    public static SynonymId From(long value) => new(value);
}

/// <summary>Words that mean the same to shoppers, as staff says. It changes what is asked for, and so nothing is indexed anew.</summary>
public sealed class Synonym
{
    /// <summary>Sorts by time of birth.</summary>
    public SynonymId Id { get; private init; }

    /// <summary>1 when it was made; rises by one with each change.</summary>
    public int Version { get; private init; }

    /// <summary>Words and phrases, as staff has typed them; two or more.</summary>
    public string[] Words { get; private init; } = [];

    /// <summary>Whether the first finds the others, and not they it.</summary>
    public bool IsOneWay { get; private init; }
}

internal sealed class SynonymTable : IEntityTypeConfiguration<Synonym>
{
    public void Configure(EntityTypeBuilder<Synonym> table)
    {
        table.ToTable("synonym");
        table.HasKey(synonym => synonym.Id);
        table.Property(synonym => synonym.Id).ValueGeneratedNever();
    }
}
