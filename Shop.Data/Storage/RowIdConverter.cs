using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Shop.Data.Kernel;

namespace Shop.Data.Storage;

/// <summary>Stores a typed id as the bare bigint that it is.</summary>
internal sealed class RowIdConverter<TId>() : ValueConverter<TId, long>(id => id.Value, value => Typed(value))
    where TId : struct, IRowId<TId>
{
    // An expression tree cannot name the static member of an interface itself.
    private static TId Typed(long value) => TId.From(value);
}
