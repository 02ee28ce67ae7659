using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Access;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Engine.Access;

public sealed class AskerTests
{
    public static TheoryData<StaffRole> Roles => [.. Enum.GetValues<StaffRole>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_is_that_one_alone_and_an_admin_has_each(StaffRole role)
    {
        var asker = Asker.Of(Askers.Staff(role), Audience.Staff);

        Assert.All(
            Enum.GetValues<StaffRole>(),
            other => Assert.Equal(role == other || role == StaffRole.Admin, asker.May(other))
        );
    }

    [Fact]
    public void A_role_counts_on_the_schema_of_staff_alone() =>
        Assert.False(Asker.Of(Askers.Staff(StaffRole.Admin), Audience.Shoppers).IsStaff);

    [Fact]
    public void Who_signs_in_within_an_operation_has_no_roles_of_before()
    {
        var asker = Asker.Of(Askers.Staff(StaffRole.Admin), Audience.Staff);

        asker.Become(new CustomerId(9));

        Assert.Equal(new CustomerId(9), asker.Customer);
        Assert.Null(asker.Session);
        Assert.False(asker.IsStaff);
        Assert.False(asker.May(StaffRole.Orders));
    }
}
