using System.Text.Json;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>How staff starts an import, calls it off, and sees what came of it.</summary>
public sealed class ImportMutationTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Start = """
        mutation($key: UUID!, $url: URL!, $policy: ImportErrorPolicy!, $format: ImportFormat) {
          catalogImport(input: {idempotencyKey: $key, url: $url, onError: $policy, format: $format, openStock: true}) {
            replayed import { id status policy format rows { read } products { added } }
            problems { code field ... on Throttled { pollAfter } }
          }
        }
        """;

    private const string Read = """
        query($id: ID!, $after: String) {
          catalogImport(id: $id) {
            status progress rows { read saved failed leftOut } products { added changed unchanged }
            variants { added } opensStock url actor { id } finishedAt
            errors(first: 2, after: $after) { nodes { row field code message text } pageInfo { hasNextPage endCursor } }
          }
        }
        """;

    private static readonly System.Security.Claims.ClaimsPrincipal _staff = Askers.Staff(StaffRole.Catalog);

    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task A_file_is_imported_once_however_often_its_start_is_sent()
    {
        var url = await _desk.SendAsync(ImportDesk.Vases("MA", 3));
        var key = Guid.CreateVersion7();

        var first = await StartAsync(key, url);
        var again = await StartAsync(key, url);

        Assert.False(first.GetProperty("replayed").GetBoolean());
        Assert.True(again.GetProperty("replayed").GetBoolean());
        Assert.Equal("QUEUED", first.GetProperty("import").GetProperty("status").GetString());
        Assert.Equal("CSV", first.GetProperty("import").GetProperty("format").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("import").GetProperty("products").ValueKind);
        Assert.Equal(IdOf(first), IdOf(again));
        Assert.Equal(
            1,
            await _desk.CountAsync(
                $"select count(*) from catalog.audit_entry where action = 'catalogImport' and subject_id = {Row(first).Value}"
            )
        );

        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        Assert.Equal(
            "DONE",
            (await StartAsync(key, url)).GetProperty("import").GetProperty("status").GetString()
        );
        Assert.Equal(3, (await _desk.SkusAsync("MA")).Count);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_file_starts_nothing()
    {
        var key = Guid.CreateVersion7();
        await StartAsync(key, await _desk.SendAsync(ImportDesk.Vases("MB", 1)));

        var other = await StartAsync(key, await _desk.SendAsync(ImportDesk.Vases("MB", 2)));

        Assert.Equal("IDEMPOTENCY_CONFLICT", Problem(other));
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost:5432/goods.csv")]
    [InlineData("https://example.com/goods.csv")]
    public async Task The_shop_fetches_nothing_from_where_its_operator_has_not_said(string url)
    {
        var answer = await StartAsync(Guid.CreateVersion7(), new(url));

        Assert.Equal("INVALID_INPUT", Problem(answer));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("import").ValueKind);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        var gone = new Uri($"http://shop.example/graphql/admin/files/{GlobalId.Of(new StagedFileId(1))}");

        Assert.Equal("NOT_FOUND", Problem(await StartAsync(Guid.CreateVersion7(), gone)));
    }

    [Fact]
    public async Task Nobody_without_the_role_starts_sees_or_ends_an_import()
    {
        var url = await _desk.SendAsync(ImportDesk.Vases("MC", 1));
        var id = GlobalId.Of(await _desk.StartAsync(url, ImportErrorPolicy.RefuseAll)).ToString();
        var variables = new
        {
            key = Guid.CreateVersion7(),
            url,
            policy = "REFUSE_ALL",
        };

        Assert.Equal("UNAUTHENTICATED", await shop.ErrorAsync(Askers.Guest, Start, variables));
        var stock = Askers.Staff(StaffRole.Stock);
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(stock, Start, variables));
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(stock, Read, new { id }));
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(stock, Cancel(id)));
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(stock, "{ catalogImports { nodes { id } } }"));
        var node = await shop.AskAsync(stock, $$"""{ node(id: "{{id}}") { id } }""");
        Assert.Equal(JsonValueKind.Null, node.GetProperty("node").ValueKind);
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
    }

    [Fact]
    public async Task What_came_of_an_import_is_told_row_by_row()
    {
        var rows =
            "MD1,MD1,BOWL,1.00,,\nMD2,MD2,PLATE,dear,,\nMD3,MD3,CAN,1.00,,\nMD4,MD4,CUP,1.00,x,\nMD1,MD5,JUG,1.00,,\n";
        var url = await _desk.SendAsync(ImportDesk.Header + rows);
        await shop.OpenAccountsAsync(new CustomerId(7));
        var id = IdOf(await StartAsync(Guid.CreateVersion7(), url, "REFUSE_FAILED_ROWS"));
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        await shop.ReplicaCaughtUpAsync();

        var import = (await shop.AskAsync(_staff, Read, new { id })).GetProperty("catalogImport");

        Assert.Equal("DONE", import.GetProperty("status").GetString());
        Assert.Equal("""{"read":5,"saved":2,"failed":3,"leftOut":0}""", $"{import.GetProperty("rows")}");
        Assert.Equal("""{"added":2,"changed":0,"unchanged":0}""", $"{import.GetProperty("products")}");
        Assert.Equal(url.AbsoluteUri, import.GetProperty("url").GetString());
        Assert.Equal(
            GlobalId.Of(new CustomerId(7)).ToString(),
            import.GetProperty("actor").GetProperty("id").GetString()
        );
        var errors = import.GetProperty("errors");
        Assert.Equal(
            """{"row":3,"field":"list_price_gbp","code":"INVALID_VALUE","message":"list_price_gbp \u0022dear\u0022 is no price such as 12.90","text":"dear"}""",
            JsonSerializer.Serialize(errors.GetProperty("nodes")[0])
        );
        Assert.True(errors.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        var after = errors.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var rest = await shop.AskAsync(_staff, Read, new { id, after });
        var last = rest.GetProperty("catalogImport").GetProperty("errors").GetProperty("nodes");
        Assert.Equal("DUPLICATE_SKU", Assert.Single(last.EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Imports_are_listed_newest_first_and_found_by_their_ids()
    {
        await _desk.ImportAsync(ImportDesk.Vases("ME", 1), ImportErrorPolicy.RefuseAll);
        await _desk.ImportAsync(ImportDesk.Vases("MF", 1), ImportErrorPolicy.RefuseAll);
        await shop.ReplicaCaughtUpAsync();
        const string List = """
            query($after: String) {
              catalogImports(first: 1, after: $after) { nodes { id version } pageInfo { endCursor hasNextPage } }
            }
            """;

        var page = (await shop.AskAsync(_staff, List)).GetProperty("catalogImports");
        var after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var next = (await shop.AskAsync(_staff, List, new { after })).GetProperty("catalogImports");

        var (newest, older) = (IdIn(page), IdIn(next));
        Assert.True(Row(newest).Value > Row(older).Value);
        var node = await shop.AskAsync(_staff, $$"""{ node(id: "{{older}}") { id } }""");
        Assert.Equal(older, node.GetProperty("node").GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_import_that_waits_is_called_off_at_once()
    {
        var id = GlobalId.Of(await QueuedAsync("MG", 1)).ToString();

        var answer = await shop.AskAsync(_staff, Cancel(id));
        var again = await shop.AskAsync(_staff, Cancel(id));

        Assert.Equal("CANCELLED", StatusOf(answer));
        Assert.Equal("CANCELLED", StatusOf(again));
        Assert.Empty(await _desk.SkusAsync("MG"));
        Assert.Null(await shop.Get<RunNextImport>().RunAsync(default));
    }

    [Fact]
    public async Task An_import_that_runs_ends_with_the_batch_that_is_under_way()
    {
        var id = await QueuedAsync("MH", 5_000);
        Task<ImportId?> working;
        await using (await _desk.HoldAsync("MH02500"))
        {
            working = shop.Get<RunNextImport>().RunAsync(default);
            await _desk.BegunAsync(id);
            await shop.AskAsync(_staff, Cancel(GlobalId.Of(id).ToString()));
        }

        await working;
        var import = await _desk.FindAsync(id);
        Assert.Equal((ImportStatus.Cancelled, 4_000), (import.Status, import.RowsSaved));
        Assert.Equal(4_000, (await _desk.SkusAsync("MH")).Count);
        var refused = await shop.AskAsync(
            _staff,
            Cancel(
                GlobalId
                    .Of((await _desk.ImportAsync(ImportDesk.Vases("MI", 1), ImportErrorPolicy.RefuseAll)).Id)
                    .ToString()
            )
        );
        Assert.Equal("NOT_ALLOWED_NOW", Problem(refused.GetProperty("catalogImportCancel")));
    }

    [Fact]
    public async Task Files_are_kept_for_a_month_and_as_long_as_an_import_waits_for_them()
    {
        var waiting = await QueuedAsync("MJ", 1);
        var done = await _desk.ImportAsync("sku,name\n", ImportErrorPolicy.RefuseAll);
        shop.Clock.Advance(TimeSpan.FromDays(31));
        while (await shop.Get<ForgetImports>().RunAsync(default) > 0) { }

        Assert.Empty(await _desk.ErrorsAsync(done.Id));
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        Assert.Equal(ImportStatus.Done, (await _desk.FindAsync(waiting)).Status);
        while (await shop.Get<ForgetImports>().RunAsync(default) > 0) { }
        Assert.Equal(0, await _desk.CountAsync("select count(*) from catalog.staged_chunk"));
    }

    private async Task<ImportId> QueuedAsync(string prefix, int products)
    {
        // Whatever another test has left is none of this one's.
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        return await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases(prefix, products)),
            ImportErrorPolicy.RefuseAll
        );
    }

    private async Task<JsonElement> StartAsync(Guid key, Uri url, string policy = "REFUSE_ALL")
    {
        var variables = new
        {
            key,
            url,
            policy,
        };
        return (await shop.AskAsync(_staff, Start, variables)).GetProperty("catalogImport");
    }

    private static string Cancel(string id) =>
        $$"""
            mutation {
              catalogImportCancel(input: {importId: "{{id}}"}) { import { status } problems { code field } }
            }
            """;

    private static string? StatusOf(JsonElement answer) =>
        answer.GetProperty("catalogImportCancel").GetProperty("import").GetProperty("status").GetString();

    private static string? Problem(JsonElement payload) =>
        Assert.Single(payload.GetProperty("problems").EnumerateArray()).GetProperty("code").GetString();

    private static string IdOf(JsonElement payload) =>
        payload.GetProperty("import").GetProperty("id").GetString()!;

    private static string IdIn(JsonElement page) =>
        Assert.Single(page.GetProperty("nodes").EnumerateArray()).GetProperty("id").GetString()!;

    private static ImportId Row(JsonElement payload) => Row(IdOf(payload));

    private static ImportId Row(string id) => GlobalId.Parse(id).To<ImportId>();
}
