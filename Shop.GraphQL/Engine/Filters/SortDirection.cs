namespace Shop.GraphQL.Engine.Filters;

/// <summary>Which way a list is sorted.</summary>
internal enum SortDirection
{
    /// <summary>Smallest, oldest or A first.</summary>
    Asc,

    /// <summary>Largest, newest or Z first.</summary>
    Desc,
}
