using System.Reflection;
using GraphQL.Types;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shared;

/// <summary>Kernel's address as clients see it: the country is a scalar of its own.</summary>
internal sealed class AddressType : AutoRegisteringObjectGraphType<Address>
{
    /// <inheritdoc />
    protected override FieldType? CreateField(MemberInfo memberInfo)
    {
        var field = base.CreateField(memberInfo);
        if (field is not null && memberInfo.Name == nameof(Address.CountryCode))
        {
            field.Type = typeof(NonNullGraphType<CountryCodeScalar>);
            field.Description = "The country.";
        }

        return field;
    }
}
