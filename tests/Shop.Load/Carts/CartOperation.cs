using Shop.Load.Client;

namespace Shop.Load.Carts;

/// <summary>What shoppers do with a cart; each answers with the lines as they are then.</summary>
internal static class CartOperation
{
    public static Operation Create { get; } = Mutation("cartCreate", "CartCreateInput");

    public static Operation Add { get; } = Mutation("cartLinesAdd", "CartLinesAddInput");

    public static Operation Update { get; } = Mutation("cartLinesUpdate", "CartLinesUpdateInput");

    public static Operation Select { get; } = Mutation("cartLinesSelect", "CartLinesSelectInput");

    public static Operation Remove { get; } = Mutation("cartLinesRemove", "CartLinesRemoveInput");

    public static Operation Read { get; } =
        new(
            "cart",
            """
            query cart($input: ID!) {
              cart(id: $input) { id lines { id quantity selected total { amount } } cost { total { amount } } }
            }
            """
        );

    private static Operation Mutation(string name, string input) =>
        new(
            name,
            $$"""
            mutation {{name}}($input: {{input}}!) {
              {{name}}(input: $input) { cart { id lines { id quantity selected } } problems { code } }
            }
            """
        );
}
