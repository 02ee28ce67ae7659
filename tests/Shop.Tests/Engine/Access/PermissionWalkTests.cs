using System.Security.Claims;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Snapshooter.Xunit3;

namespace Shop.Tests.Engine.Access;

/// <summary>Asks for every field of the schema as a guest, as a customer and in each role of staff.</summary>
public sealed class PermissionWalkTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly (string Name, ClaimsPrincipal User)[] _everybody =
    [
        ("guest", Askers.Guest),
        ("customer", Askers.Customer(new(8))),
        .. Enum.GetValues<StaffRole>().Select(role => ($"{role}", Askers.Staff(role))),
    ];

    private GraphEngine Engine => shop.Services.GetRequiredKeyedService<GraphEngine>(Audience.Staff);

    [Fact]
    public async Task Nobody_gets_past_what_a_field_needs_and_nobody_else_is_stopped()
    {
        var wrong = new List<string>();
        foreach (var path in FieldPath.All(Engine.Schema))
        {
            var operation = path.Operation(Engine.Schema);
            foreach (var (name, user) in _everybody)
            {
                var expected =
                    path.Needs.All(need => need.IsMetBy(Asker.Of(user, Audience.Staff))) ? null
                    : Asker.Of(user, Audience.Staff).Customer is null ? ErrorCode.Unauthenticated
                    : ErrorCode.Forbidden;
                if (await RefusalAsync(operation, user) is var answer && answer != expected)
                {
                    wrong.Add($"{path.Name} as {name}: {answer ?? "let in"} for {operation}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void What_leads_to_something_for_staff_is_for_staff() =>
        Assert.Empty(
            from path in FieldPath.All(Engine.Schema)
            where path.Field.Need() is null
            where path.Field.ResolvedType!.GetNamedType() is IObjectGraphType
            let leadsTo = (IObjectGraphType)path.Field.ResolvedType!.GetNamedType()
            where leadsTo.Fields.All(field => field.Need() is not null)
            select path.Name
        );

    [Fact]
    public void Everything_that_is_for_staff_changes_nothing_for_shoppers() =>
        Assert.Empty(
            from path in FieldPath.All(shop.Get<GraphEngine>().Schema)
            where path.Needs.Any(need => need.Role is not null)
            select path.Name
        );

    [Fact]
    public void Who_may_do_what_is_a_list_that_is_read_when_it_changes() =>
        Snapshot.Match(
            string.Join(
                '\n',
                FieldPath
                    .All(Engine.Schema)
                    .Where(path => path.Field.Need() is not null)
                    .Select(path =>
                        $"{path.Name}: {path.Field.Need()!.Value.Role?.ToString() ?? "signed in"}"
                    )
                    .Order(StringComparer.Ordinal)
            )
        );

    // Null where whoever asks is let in, whatever is then said of missing arguments.
    private async Task<string?> RefusalAsync(string operation, ClaimsPrincipal user)
    {
        await using var scope = shop.Scope();
        using var leaving = new CancellationTokenSource();
        var result = await Engine.ExecuteAsync(
            new ExecutionOptions
            {
                Query = operation,
                UserContext = new Caller(OperationKinds.All),
                RequestServices = scope.ServiceProvider,
                User = user,
                CancellationToken = leaving.Token,
            }
        );
        await leaving.CancelAsync();
        Assert.DoesNotContain(
            result.Errors ?? [],
            error => error.Code is ErrorCode.SyntaxError or ErrorCode.LimitExceeded or ErrorCode.CostExceeded
        );
        return result
            .Errors?.Select(error => error.Code)
            .FirstOrDefault(code => code is ErrorCode.Unauthenticated or ErrorCode.Forbidden);
    }
}
