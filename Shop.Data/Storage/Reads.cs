namespace Shop.Data.Storage;

/// <summary>What a request reads from: a replica, until something in it has to see the newest row.</summary>
public sealed class ReadTarget
{
    /// <summary>True once this request reads the primary.</summary>
    public bool IsPrimary { get; private set; }

    /// <summary>From here on this request reads the primary: it writes, or must see what was just written.</summary>
    public void UsePrimary() => IsPrimary = true;
}

/// <summary>Opens a context to read from, where this request should read. Scoped to one GraphQL operation.</summary>
public sealed class Reads<TDb>(Database<TDb> database, ReadTarget target)
    where TDb : ContextDb
{
    /// <summary>A context of its own for one batch of reads; dispose it after.</summary>
    public TDb Open() => target.IsPrimary ? database.OpenPrimary() : database.OpenReplica();
}
