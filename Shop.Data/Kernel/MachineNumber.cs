namespace Shop.Data.Kernel;

/// <summary>A process's number in the ids that it makes.</summary>
/// <param name="Number">0 to 1022; no other process has it now.</param>
/// <param name="UsedUntil">Up to this moment, by the clock that made them, another process may have made ids with it.</param>
public readonly record struct MachineNumber(int Number, DateTimeOffset UsedUntil);
