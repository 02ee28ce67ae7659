using Shop.GraphQL.Schema;

namespace Shop.Tests.Schema;

public sealed class SchemaTests
{
    [Fact]
    public void A_record_becomes_a_type_and_other_modules_add_their_fields()
    {
        Assert.Contains(
            """
            "A book of the test library."
            type Book implements Node {
              "Opaque and global."
              id: ID!
              "A name that is gone soon."
              name: String! @deprecated(reason: "Use `title`. Will be removed on 2027-01-31.")
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
