namespace Shop.GraphQL.Operations;

/// <summary>What became of dead messages.</summary>
/// <param name="Replayed">How many are tried again, from now on and as often as new ones.</param>
/// <param name="Problems">Which are not: one `NotFound` for each that is not dead, or not any more. The others are tried again all the same.</param>
[Staff(StaffRole.Admin)]
internal sealed record MessagesReplayPayload(
    int Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
);

/// <summary>What became of a wish that a job run now.</summary>
/// <param name="Job">The job, with its schedules as they are now; null where there is none of that name.</param>
/// <param name="Problems">Why it does not run; empty on success.</param>
[Staff(StaffRole.Admin)]
internal sealed record JobTriggerPayload(Job? Job, [property: ListSize(20)] IReadOnlyList<Problem> Problems);

/// <summary>What became of a wish that caches forget something.</summary>
/// <param name="Forgotten">How many things were named. Whoever asks from now on is shown what is stored.</param>
/// <param name="Problems">Why nothing was forgotten; empty on success.</param>
[Staff(StaffRole.Admin)]
internal sealed record CacheForgetPayload(
    int Forgotten,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
);

/// <summary>What became of a wish that others outside get all again.</summary>
/// <param name="Feed">How it stands now; null where there is none of that name, or nothing was changed.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Admin)]
internal sealed record FeedRestartPayload(
    Feed? Feed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
);
