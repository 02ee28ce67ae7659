namespace Shop.GraphQL.Admission;

/// <summary>Where the points of a rule are taken from. How many come in is said with each call: files change, levels stay. Thread-safe.</summary>
internal abstract class Points
{
    /// <summary>Takes some, all or none.</summary>
    /// <returns>How long until there are as many; null where they were taken.</returns>
    public abstract ValueTask<TimeSpan?> TakeAsync(double points, Rate rate, CancellationToken cancel);

    /// <summary>Gives back what was taken for something that another rule has refused.</summary>
    public abstract void GiveBack(double points, Rate rate);
}
