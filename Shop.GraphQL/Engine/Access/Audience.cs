namespace Shop.GraphQL.Engine.Access;

/// <summary>For whom a schema is made. Both are made of the same modules.</summary>
internal enum Audience
{
    /// <summary>Customers and guests: <c>/graphql</c>. What needs a role of staff is not in it.</summary>
    Shoppers,

    /// <summary>Staff: <c>/graphql/admin</c>. All that shoppers have, and more.</summary>
    Staff,
}
