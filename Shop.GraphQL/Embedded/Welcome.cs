namespace Shop.GraphQL.Embedded;

/// <summary>What someone who has just started a shop wants to know.</summary>
internal static class Welcome
{
    public static string To(string address) =>
        $$"""

            The shop is open: {{address}}/graphql
            Open it in a browser for the IDE. Ctrl-C closes the shop; what it knows stays.

            """;
}
