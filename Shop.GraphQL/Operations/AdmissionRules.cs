using Shop.GraphQL.Admission;

namespace Shop.GraphQL.Operations;

/// <summary>Rules that operations are let in by. They are changed by changing their file, and by nothing else.</summary>
/// <param name="Version">As their file says.</param>
/// <param name="LoadedAt">When this process read them.</param>
/// <param name="Fault">Why the file, as it is now, is not in force, but the one before; null where it is.</param>
/// <param name="Rules">Each of them, in the order in which they are asked; at most 200.</param>
[Staff(StaffRole.Admin)]
internal sealed record AdmissionRules(
    string Version,
    DateTimeOffset LoadedAt,
    string? Fault,
    [property: ListSize(20)] IReadOnlyList<AdmissionRule> Rules
)
{
    internal static AdmissionRules Of(RuleFile file)
    {
        var book = file.Book;
        return new(
            book.Version,
            book.LoadedAt,
            file.Fault,
            [.. book.States.Select(rule => new AdmissionRule(rule.Id, rule.Taken, rule.Refused))]
        );
    }
}

/// <summary>What a rule has done in this process, since it was first in a file.</summary>
/// <param name="Id">Unique in the file.</param>
/// <param name="Taken">How often it let something in; a whole number that may outgrow `Int`.</param>
/// <param name="Refused">How often it refused an operation; likewise.</param>
[Staff(StaffRole.Admin)]
internal sealed record AdmissionRule(string Id, double Taken, double Refused);
