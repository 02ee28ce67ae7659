namespace Shop.GraphQL.Engine.Access;

/// <summary>
/// Says that a field is for staff: it stands in the schema of staff only, and the asker must have the role or be
/// an admin. On a record: the same of each of its fields, and of <c>node</c> and <c>_entities</c> where they would find one.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class StaffAttribute(StaffRole role) : Attribute
{
    /// <summary>Who may.</summary>
    public StaffRole Role => role;
}

/// <summary>Says that a field is for all customers who are signed in.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SignedInAttribute : Attribute;
