using Shop.GraphQL.Engine.Schema;

namespace Shop.Tests.Engine.Schema;

public sealed class SchemaTests
{
    [Fact]
    public void The_same_modules_make_several_schemas_side_by_side()
    {
        var whole = SchemaText.Of(new LibraryModule());

        Assert.Equal(whole, SchemaText.Of(new LibraryModule()));
        Assert.DoesNotContain("Book", SchemaText.Of(new LampModule()), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_fields_of_one_name_stop_the_host()
    {
        Assert.ThrowsAny<Exception>(() => SchemaText.Of(new LampModule(), new LampModule()));
    }

    [Fact]
    public void A_record_becomes_a_type_and_other_modules_add_their_fields()
    {
        Assert.Contains(
            """
            "A book of the test library."
            type Book implements Node {
              "Opaque and global."
              id: ID!
              "Whether whoever asks sees the newest row."
              isNewest: Boolean!
              "Whether it is read together with what others ask at the same moment."
              isShared: Boolean!
              "A name that is gone soon."
              name: String! @deprecated(reason: "Use `title`. Will be removed on 2027-01-31.")
              "Whether it can be opened; of most books nobody ever finds out."
              opened: Boolean!
              "All the other books."
              others: [Book!]!
              "What a new copy costs."
              price: Money!
              "When this edition was printed."
              printedAt: DateTime!
              "The sequel; null for the last of a series."
              sequel: Book
              "Where its copies are."
              shelf: Shelf!
              "As on the cover."
              title: String!
            }
            """,
            SchemaText.Of(new LibraryModule()),
            StringComparison.Ordinal
        );
    }
}

internal sealed class LampQueries
{
    /// <summary>Whether it shines.</summary>
    public static bool IsOn() => true;
}

internal sealed class LampModule : IGraphModule
{
    public void Configure(GraphModuleBuilder graph) => graph.Query<LampQueries>();
}
