using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Codes;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Pricing.Codes;
using Shop.Tests.Fixtures;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>More codes than one call makes: a job makes them, staff watches it, and fetches them as a file.</summary>
public sealed class CodeBatchTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    // Three pieces.
    private const int Many = 120_000;

    private const string Batch = "batch { id count made finishedAt filePath version } replayed";

    private readonly Counter _counter = new(shop);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _counter.CloseAsync();

    [Fact]
    public async Task A_call_for_many_answers_at_once_and_a_job_makes_each_of_them_once()
    {
        var (sale, key) = (await PlanAsync(), Guid.CreateVersion7());
        var asked = (await AskAsync(sale, Many, key)).GetProperty("batch");
        var again = await AskAsync(sale, Many, key);
        Assert.Equal(
            (Many, 0),
            (asked.GetProperty("count").GetInt32(), asked.GetProperty("made").GetInt32())
        );
        Assert.Equal(JsonValueKind.Null, asked.GetProperty("filePath").ValueKind);
        Assert.Equal(
            (Text(asked, "id"), true),
            (Text(again.GetProperty("batch"), "id"), again.GetProperty("replayed").GetBoolean())
        );

        var watched = await WatchAsync(asked, MakeAsync);

        Assert.Equal((0, Many), (watched[0].Made, watched[^1].Made));
        Assert.Equal(watched.OrderBy(batch => batch.Made).DistinctBy(batch => batch.Version), watched);
        Assert.Equal(
            4,
            (await AskAsync(sale, Many, key)).GetProperty("batch").GetProperty("version").GetInt32()
        );
        Assert.Equal(Many, await CountAsync(asked));
    }

    [Fact]
    public async Task They_are_fetched_as_a_file_that_is_whole_and_only_by_staff()
    {
        var batch = (await AskAsync(await PlanAsync(), Many)).GetProperty("batch");
        var early = await FetchAsync(batch, StaffRole.Pricing);
        await MakeAsync();

        var (status, file) = await FetchAsync(batch, StaffRole.Pricing);

        var codes = file.Split('\n');
        Assert.Equal((404, 200), (early.Status, status));
        Assert.Equal("", codes[^1]);
        Assert.Equal((Many, Many), (codes.Length - 1, codes.SkipLast(1).Distinct().Count()));
        Assert.Equal(codes.SkipLast(1).Order(StringComparer.Ordinal), codes.SkipLast(1));
        Assert.All(codes.SkipLast(1), code => Assert.Matches("^FLASH[2-9A-HJ-NP-Z]{12}$", code));
        Assert.Equal(
            (403, 401),
            ((await FetchAsync(batch, StaffRole.Catalog)).Status, (await FetchAsync(batch)).Status)
        );
    }

    [Fact]
    public async Task A_call_for_few_has_them_there_and_their_file_at_once()
    {
        var sale = await PlanAsync();
        var few = (await AskAsync(sale, 3)).GetProperty("batch");
        await _counter.NameCodesAsync(sale, "NAMED1", "NAMED2");

        var (_, file) = await FetchAsync(few, StaffRole.Pricing);
        var listed = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            $$"""{ node(id: "{{sale}}") { ... on Promotion { codeBatches(first: 5) { nodes { count made } } } } }"""
        );

        Assert.Equal(3, few.GetProperty("made").GetInt32());
        Assert.Equal(3, file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(
            """[{"count":2,"made":2},{"count":3,"made":3}]""",
            Json(listed.GetProperty("node").GetProperty("codeBatches").GetProperty("nodes"))
        );
    }

    [Fact]
    public async Task What_is_there_already_is_made_anew()
    {
        await _counter.NameCodesAsync(await PlanAsync(), "TOPUP1", "TOPUP2");
        string[] made = ["TOPUP1", "TOPUP3", "TOPUP3", "TOPUP2", "TOPUP4", "TOPUP5", "TOPUP6"];
        var next = 0;
        var batch = new CodeBatch
        {
            Id = shop.Get<NewId>().Next<CodeBatchId>(),
            PromotionId = new(1),
            Wanted = 4,
        };
        await using (var connection = await shop.Get<Database<PricingDb>>().Primary.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await WriteCodes.MakeAsync(connection, batch, batch.Wanted, _ => made[next++], default);
            await transaction.CommitAsync();
        }

        Assert.Equal(["TOPUP3", "TOPUP4", "TOPUP5", "TOPUP6"], await CodesAsync(batch.Id));
    }

    [Fact]
    public async Task Workers_side_by_side_make_no_more_than_were_asked_for()
    {
        var sale = await PlanAsync();
        var (one, two) = (
            (await AskAsync(sale, Many)).GetProperty("batch"),
            (await AskAsync(sale, Many)).GetProperty("batch")
        );

        await Task.WhenAll(MakeAsync(), MakeAsync(), MakeAsync());

        Assert.Equal((Many, Many), (await CountAsync(one), await CountAsync(two)));
    }

    private Task<string> PlanAsync() =>
        _counter.PlanAsync(
            new
            {
                title = "Flash",
                needsCode = true,
                action = new { linesPercent = new { percent = "10" } },
            }
        );

    private Task<JsonElement> AskAsync(string promotion, int count, Guid? key = null) =>
        _counter.DoAsync(
            "promotionCodesCreate",
            "PromotionCodesCreateInput",
            new { promotionId = promotion, codes = new { made = new { count, prefix = "flash" } } },
            Batch,
            key
        );

    private async Task MakeAsync()
    {
        while (await shop.Get<MakeCodes>().RunAsync(CancellationToken.None) > 0) { }
    }

    private async Task<List<PromotionCodeBatch>> WatchAsync(JsonElement batch, Func<Task> work)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var told = ActivatorUtilities
            .CreateInstance<PromotionCodeSubscriptions>(shop.Services)
            .PromotionCodeBatchChanged(IdOf(batch), null, patience.Token)
            .GetAsyncEnumerator(patience.Token);
        await using var _ = told;
        var events = new List<PromotionCodeBatch>();
        Assert.True(await told.MoveNextAsync());
        events.Add(told.Current);
        var working = work();
        while (await told.MoveNextAsync())
        {
            events.Add(told.Current);
        }

        await working;
        return events;
    }

    private async Task<(int Status, string File)> FetchAsync(JsonElement batch, params StaffRole[] roles)
    {
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = shop.Services };
        http.User = roles is [] ? Askers.Guest : Askers.Staff(roles);
        http.Request.RouteValues["batch"] = Text(batch, "id");
        http.Response.Body = answer;
        await shop.Get<CodeFileEndpoint>().ServeAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        return (http.Response.StatusCode, Encoding.ASCII.GetString(answer.ToArray()));
    }

    private async Task<int> CountAsync(JsonElement batch) => (await CodesAsync(IdOf(batch))).Count;

    private Task<List<string>> CodesAsync(CodeBatchId batch) =>
        shop.Get<Database<PricingDb>>()
            .Primary.ListAsync(
                $"select code from pricing.promotion_code where batch_id = {Sql.Value(batch.Value)} order by code",
                row => row.GetString(0),
                CancellationToken.None
            );

    private static CodeBatchId IdOf(JsonElement batch) =>
        GlobalId.TryParse(Text(batch, "id"), out var id)
            ? new(long.Parse(id.Key, System.Globalization.CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("No id.");
}
