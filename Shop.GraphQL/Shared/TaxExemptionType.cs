using System.Reflection;
using GraphQL.Types;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shared;

/// <summary>Kernel's exemption as clients see it: the country is a scalar of its own.</summary>
internal sealed class TaxExemptionType : AutoRegisteringObjectGraphType<TaxExemption>
{
    /// <inheritdoc />
    protected override IEnumerable<MemberInfo> GetRegisteredMembers() =>
        base.GetRegisteredMembers().OfType<PropertyInfo>();

    /// <inheritdoc />
    protected override FieldType? CreateField(MemberInfo memberInfo)
    {
        var field = base.CreateField(memberInfo);
        if (field is not null && memberInfo.Name == nameof(TaxExemption.CountryCode))
        {
            field.Type = typeof(NonNullGraphType<CountryCodeScalar>);
        }

        return field;
    }
}
