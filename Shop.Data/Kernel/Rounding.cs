namespace Shop.Data.Kernel;

/// <summary>Where an amount goes that lies exactly between two units.</summary>
public enum Rounding
{
    /// <summary>Away from zero: 2.5 becomes 3, −2.5 becomes −3.</summary>
    HalfAwayFromZero,

    /// <summary>To the even neighbour: 2.5 becomes 2, 3.5 becomes 4.</summary>
    HalfEven,
}
