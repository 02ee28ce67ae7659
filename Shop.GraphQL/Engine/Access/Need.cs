using System.Reflection;

namespace Shop.GraphQL.Engine.Access;

/// <summary>What the asker of a field must be.</summary>
/// <param name="Role">A role of staff; null where it is enough to be signed in.</param>
internal readonly record struct Need(StaffRole? Role)
{
    /// <summary>What a member's attributes say; null where it is for everybody.</summary>
    public static Need? Of(MemberInfo member) =>
        member.GetCustomAttribute<StaffAttribute>(inherit: false) is { } staff ? new Need(staff.Role)
        : member.IsDefined(typeof(SignedInAttribute), inherit: false) ? new Need(null)
        : null;

    /// <summary>Whether a schema for this audience shows it.</summary>
    public bool IsFor(Audience audience) => Role is null || audience == Audience.Staff;

    /// <summary>Whether the asker is what is needed.</summary>
    public bool IsMetBy(Asker asker) => Role is { } role ? asker.May(role) : asker.Customer is not null;

    /// <summary>For the field's description.</summary>
    public override string ToString() =>
        Role is { } role
            ? $"Needs the role `{role.ToString().ToConstantCase()}`."
            : "Needs a customer who is signed in.";
}
