namespace Shop.Data.Storage;

/// <summary>A context's name, as its PostgreSQL schema and its connection string carry it.</summary>
public static class ContextName
{
    /// <summary><c>orders</c> for <c>OrdersDb</c>.</summary>
    public static string Of<TDb>()
        where TDb : ContextDb => typeof(TDb).Name[..^2].ToLowerInvariant();
}
