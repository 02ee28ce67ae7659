namespace Shop.Data.Catalog.Import;

/// <summary>What an import does about rows that cannot be saved.</summary>
// Stored as a number; a number is never given a second meaning.
public enum ImportErrorPolicy : short
{
    /// <summary>
    /// One such row refuses the file: all of it is read and checked before the first product is saved. Products of a good
    /// file then appear batch by batch, not all at one moment.
    /// </summary>
    RefuseAll = 1,

    /// <summary>Such rows are left out and reported; all others are saved.</summary>
    RefuseFailedRows = 2,

    /// <summary>The first such row ends the import; what stands before it in the file is saved.</summary>
    StopAtFirst = 3,
}
