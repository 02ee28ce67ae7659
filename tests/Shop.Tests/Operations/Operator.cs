using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Operations;

/// <summary>An admin who looks at one host of a shop.</summary>
internal sealed class Operator(IServiceProvider host)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    /// <summary>What <c>operations</c> shows of this selection.</summary>
    public async Task<JsonElement> SeeAsync(string selection) =>
        (
            await host.AskAsync(Askers.Staff(StaffRole.Admin), $"{{ operations {{ {selection} }} }}")
        ).GetProperty("operations");

    /// <summary>One job.</summary>
    public async Task<JsonElement> JobAsync(string name)
    {
        var page = await SeeAsync(
            "jobs { name trigger schedules { state every previousFireAt nextFireAt } runs { startedAt finishedAt outcome error node } }"
        );
        return page.GetProperty("jobs")
            .EnumerateArray()
            .Single(job => job.GetProperty("name").GetString() == name);
    }

    /// <summary>The newest run of a job that is as it should be; waits until there is one.</summary>
    public async Task<JsonElement> RunAsync(string job, Func<JsonElement, bool> isIt)
    {
        using var patience = new CancellationTokenSource(_patience);
        using var look = new PeriodicTimer(_look);
        while (true)
        {
            foreach (var run in (await JobAsync(job)).GetProperty("runs").EnumerateArray().Where(isIt))
            {
                return run;
            }

            await look.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>The codes of the problems with having a job run now.</summary>
    public async Task<IReadOnlyList<string>> TriggerAsync(string job)
    {
        var data = await host.AskAsync(
            Askers.Staff(StaffRole.Admin),
            "mutation($name: String!) { jobTrigger(input: {name: $name}) { job { name } problems { code } } }",
            new { name = job }
        );
        return
        [
            .. data.GetProperty("jobTrigger")
                .GetProperty("problems")
                .EnumerateArray()
                .Select(problem => problem.GetProperty("code").GetString()!),
        ];
    }
}
