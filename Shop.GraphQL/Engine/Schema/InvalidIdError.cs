namespace Shop.GraphQL.Engine.Schema;

/// <summary>An id is none of ours, or names another kind of thing than was asked for; its sender is told so.</summary>
internal sealed class InvalidIdError : ExecutionError
{
    /// <param name="id">As it was sent.</param>
    /// <param name="expected">What it should name, such as <c>a Product</c>.</param>
    public InvalidIdError(GlobalId id, string expected)
        : this(id.ToString(), expected) { }

    /// <param name="id">As it was sent, whatever it is.</param>
    /// <param name="expected">What it should name.</param>
    public InvalidIdError(string id, string expected)
        : base($"'{id}' is not the id of {expected}.") => Code = ErrorCode.InvalidId;
}
