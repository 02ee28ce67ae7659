namespace Shop.Data.Orders.Keys;

/// <summary>
/// On what grounds a caller asks for orders: whichever of them holds opens one. It stands in the <c>where</c> of every
/// statement, so that a stranger's order is as absent as one that never was.
/// </summary>
/// <param name="Customer">Whose own orders are open; null for a guest.</param>
/// <param name="AccessKey">Opens the one order that it was made for; the default opens none.</param>
/// <param name="IsStaff">Whether all orders are open.</param>
public readonly record struct OrderAccess(CustomerId? Customer, AccessKey AccessKey, bool IsStaff)
{
    /// <summary>On whose behalf is read and written, for <see cref="Storage.WritePositions"/>.</summary>
    public IEnumerable<string> Subjects
    {
        get
        {
            if (AccessKey != default)
            {
                yield return AccessKey.Subject;
            }

            if (Customer is { } customer)
            {
                yield return WritePositions.SubjectOf(customer);
            }
        }
    }

    /// <summary>Whether it opens an order that has been read: for batches, whose <c>where</c> lets several askers' orders through.</summary>
    public bool Opens(CustomerId? customer, ReadOnlySpan<byte> accessKeyHash) =>
        IsStaff
        || (customer is not null && customer == Customer)
        || (AccessKey != default && accessKeyHash.SequenceEqual(AccessKey.Hash));
}
