using GraphQLParser;
using GraphQLParser.AST;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Limits;
using Shop.Tests.Architecture;

namespace Shop.Tests.Engine.Documents;

/// <summary>The operations of schema/operations, as the program carries them.</summary>
public sealed class OperationFilesTests(ShopGraph shop) : IClassFixture<ShopGraph>
{
    [Fact]
    public async Task Each_of_them_fits_the_schema()
    {
        Assert.NotEmpty(OperationFiles.Read());
        foreach (var document in OperationFiles.Read())
        {
            var result = await new DocumentCheck(new GraphLimits()).CheckAsync(
                Parser.Parse<GraphQLDocument>(document.Text),
                shop.Schema
            );

            Assert.Empty(result.Errors.Select(error => $"{document.Name}: {error.Message}"));
        }
    }

    [Fact]
    public void Each_file_names_its_operation_after_itself() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Papers.Root, "schema", "operations")),
            path =>
            {
                var syntax = Parser.Parse<GraphQLDocument>(File.ReadAllText(path));
                var module = Path.GetFileNameWithoutExtension(path);
                foreach (var operation in syntax.Definitions.OfType<GraphQLOperationDefinition>())
                {
                    Assert.Equal($"{module}{operation.Operation}", operation.Name?.StringValue);
                }

                foreach (var fragment in syntax.Definitions.OfType<GraphQLFragmentDefinition>())
                {
                    Assert.StartsWith(
                        $"{module}_",
                        fragment.FragmentName.Name.StringValue,
                        StringComparison.Ordinal
                    );
                }
            }
        );
}
