namespace Shop.GraphQL.Host.Embedded;

/// <summary>What someone who has just opened a shop wants to know.</summary>
internal static class StartMessage
{
    // The bestseller of the sample catalogue: a white hanging heart for a tea light.
    private const string Sku = "85123A";

    /// <param name="address">Where it listens, such as <c>http://localhost:5000</c>.</param>
    /// <param name="staffPassword">Of <see cref="DevelopmentStaff"/>; null where the shop has no such account.</param>
    /// <param name="way">How a first order goes; null where the shop ships in no way, and none has to be selected.</param>
    public static string For(string address, string? staffPassword, ShippingMethodId? way) =>
        $$$"""

            The shop is open: {{{address}}}/graphql
            In a browser that is the IDE, with the way of an order as its first document. An order by curl:

              cart=$(curl -s {{{address}}}/graphql -H 'content-type: application/json' -d '{"query":
                "mutation { cartCreate(input: {lines: [{variant: {sku: \"{{{Sku}}}\"}, quantity: 2}]}) { cart { id } } }"
              }' | sed 's/.*"id":"\([^"]*\)".*/\1/')

            {{{Shipping(
                address,
                way
            )}}}  curl -s {{{address}}}/graphql -H 'content-type: application/json' -d '{"query":
                "mutation Place($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id number status } accessKey } }",
                "variables": {"input": {"cartId": "'"$cart"'", "idempotencyKey": "{{{Guid.CreateVersion7()}}}",
                  "email": "ada@example.com", "shippingAddress": {"name": "Ada Lovelace", "line1": "12 St James Square",
                  "city": "London", "postalCode": "SW1Y 4JH", "countryCode": "GB"} } } }'

            {{{Staff(address, staffPassword)}}}Ctrl-C closes the shop; what it knows stays.

            """;

    private static string Shipping(string address, ShippingMethodId? way) =>
        way is { } id
            ? $$$"""
                  curl -s {{{address}}}/graphql -H 'content-type: application/json' -d '{"query":
                    "mutation Ship($input: CartShippingInput!) { cartShippingSelect(input: $input) { problems { message } } }",
                    "variables": {"input": {"cartId": "'"$cart"'", "shippingOptionId": "{{{GlobalId.Of(
                    id
                )}}}"} } }'


                """
            : "";

    private static string Staff(string address, string? password) =>
        password is null
            ? ""
            : $"For staff: {address}/graphql/admin, signed in as {DevelopmentStaff.Email}\n"
                + $"with the password {password}, a new one at each start.\n\n";
}
