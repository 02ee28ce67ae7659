using Shop.Data.Storage.Breakers;
using Shop.GraphQL.Admission;
using Shop.GraphQL.Admission.Breakers;

namespace Shop.GraphQL.Operations;

/// <summary>Rules that operations are let in by. They are changed by changing their file, and by nothing else.</summary>
/// <param name="Version">As their file says.</param>
/// <param name="LoadedAt">When this process read them.</param>
/// <param name="Fault">Why the file, as it is now, is not in force, but the one before; null where it is.</param>
/// <param name="System">How many operations may run at once in this process; null where any number may.</param>
/// <param name="Breakers">What stands before stores and services in this process, whether a rule is about it or not; at most 200.</param>
/// <param name="Rules">Each of them, in the order in which they are asked; at most 200.</param>
[Staff(StaffRole.Admin)]
internal sealed record AdmissionRules(
    string Version,
    DateTimeOffset LoadedAt,
    string? Fault,
    AdmissionSystem? System,
    [property: ListSize(10)] IReadOnlyList<AdmissionBreaker> Breakers,
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
            book.System is { } system ? AdmissionSystem.Of(system) : null,
            [.. book.Breakers.Select(AdmissionBreaker.Of)],
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

/// <summary>How many operations may run at once in this process: as many as do not make each other wait, by how long they take.</summary>
/// <param name="Limit">How many may, about.</param>
/// <param name="Running">How many do.</param>
/// <param name="Classes">What they are for, what earns most first; 5 of them.</param>
[Staff(StaffRole.Admin)]
internal sealed record AdmissionSystem(
    int Limit,
    int Running,
    [property: ListSize(5)] IReadOnlyList<AdmissionClass> Classes
)
{
    internal static AdmissionSystem Of(SystemRule system) =>
        new(
            (int)system.Limit.Value,
            system.Limit.Running,
            [
                .. system.Classes.Select(rule => new AdmissionClass(
                    rule.Name,
                    system.MostFor(rule),
                    system.Limit.RunningOf(rule.Class),
                    rule.State.Taken,
                    rule.State.Refused
                )),
            ]
        );
}

/// <summary>Operations for one purpose.</summary>
/// <param name="Name">`order`, `cart`, `staff`, `browse` or `import`, as in the file.</param>
/// <param name="Limit">So many of all classes may run for one of this to be let in, about.</param>
/// <param name="Running">How many of this class run.</param>
/// <param name="Taken">How many were let in; a whole number that may outgrow `Int`.</param>
/// <param name="Refused">How many were not; likewise.</param>
[Staff(StaffRole.Admin)]
internal sealed record AdmissionClass(string Name, int Limit, int Running, double Taken, double Refused);

/// <summary>What stands before a store or a service: while most calls fail, or are slow, none is made for a while, and then one, to see.</summary>
/// <param name="Id">As rules and metrics call it.</param>
/// <param name="State">Whether calls are made.</param>
/// <param name="IsRuled">Whether the file gives it other terms than its own.</param>
[Staff(StaffRole.Admin)]
internal sealed record AdmissionBreaker(string Id, BreakerState State, bool IsRuled)
{
    internal static AdmissionBreaker Of(BreakerRule rule) =>
        new(rule.Breaker.Id, rule.Breaker.State, rule.Terms != rule.Breaker.Own);
}
