namespace Shop.GraphQL.Admission;

/// <summary>Whether operations are let in by rules; section <c>Admission</c>.</summary>
internal sealed class AdmissionOptions
{
    public const string Section = "Admission";

    /// <summary>A file of rules (docs/operations/rules.md); default none, so that whatever fits its limits is let in.</summary>
    public string? Rules { get; init; }
}
