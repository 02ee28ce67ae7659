using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>Who sees a customer, and who changes what of them.</summary>
public sealed class CustomerTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Node = """
        query ($id: ID!) { node(id: $id) { ... on Customer { email addresses { id } cart { id } } } }
        """;

    // Has written nothing, so no replica is asked how far it is.
    private static readonly ClaimsPrincipal _reader = Askers.Customer(new(8), StaffRole.Orders);

    private const string SaveAddress = """
        mutation ($input: AddressSaveInput!) {
          addressSave(input: $input) {
            address { id isDefault address { name } }
            customer { version addresses { id isDefault address { name line2 } } }
            problems { code field }
          }
        }
        """;

    [Fact]
    public async Task Customers_see_themselves_and_staff_sees_them()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        await shop.ReplicaCaughtUpAsync();

        foreach (
            var user in new[] { ada.User, Askers.Staff(StaffRole.Orders), Askers.Staff(StaffRole.Admin) }
        )
        {
            var seen = await shop.AskAsync(user, Node, new { id = ada.GlobalId });
            Assert.Equal(JsonValueKind.Object, seen.GetProperty("node").ValueKind);
        }
    }

    [Fact]
    public async Task A_stranger_sees_nothing()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        await shop.ReplicaCaughtUpAsync();

        foreach (
            var user in new[] { Askers.Guest, Askers.Customer(new(4711)), Askers.Staff(StaffRole.Catalog) }
        )
        {
            var seen = await shop.AskAsync(user, Node, new { id = ada.GlobalId });
            Assert.Equal(JsonValueKind.Null, seen.GetProperty("node").ValueKind);
        }

        Assert.Equal(
            "UNAUTHENTICATED",
            await shop.ErrorAsync(Askers.Guest, "{ customers { nodes { id } } }")
        );
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(ada.User, "{ customers { nodes { id } } }"));
        Assert.Equal(
            "FORBIDDEN",
            await shop.ErrorAsync(Askers.Staff(StaffRole.Stock), "{ customers { nodes { id } } }")
        );
    }

    [Fact]
    public async Task The_cart_of_a_customer_is_shown_to_nobody_but_them()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        await shop.AskAsync(ada.User, "mutation { cartCreate(input: {}) { cart { id } } }");

        var own = await shop.AskAsync(ada.User, Node, new { id = ada.GlobalId });
        var staffs = await shop.AskAsync(Askers.Staff(StaffRole.Orders), Node, new { id = ada.GlobalId });

        Assert.Equal(JsonValueKind.Object, own.GetProperty("node").GetProperty("cart").ValueKind);
        Assert.Equal(JsonValueKind.Null, staffs.GetProperty("node").GetProperty("cart").ValueKind);
    }

    [Fact]
    public async Task Staff_finds_customers_by_how_their_email_or_name_begins()
    {
        var mark = $"z{Guid.CreateVersion7():N}"[..20];
        await shop.RegisterAsync($"{mark}.one@example.com");
        await shop.RegisterAsync($"{mark}_two@example.com");
        await shop.RegisterAsync($"another-{mark}@example.com");
        await shop.ReplicaCaughtUpAsync();

        Assert.Equal(2, (await SearchAsync(mark.ToUpperInvariant())).GetArrayLength());
        // What LIKE takes for any letter is a letter here.
        Assert.Equal(1, (await SearchAsync($"{mark}_")).GetArrayLength());
        Assert.Equal(0, (await SearchAsync($"%{mark}")).GetArrayLength());
        Assert.NotEqual(0, (await SearchAsync("ada l")).GetArrayLength());
    }

    [Fact]
    public async Task Customers_come_in_pages_newest_first_in_one_statement_each()
    {
        var people = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            people.Insert(0, (await shop.RegisterAsync($"page-{SomebodyNew()}")).GlobalId);
        }

        await shop.ReplicaCaughtUpAsync();
        var seen = new List<string>();
        string? after = null;
        do
        {
            using var sql = SqlCount.Start();
            var page = (
                await shop.AskAsync(
                    _reader,
                    """
                    query ($after: String) {
                      customers(where: {search: "page-"}, first: 2, after: $after) {
                        nodes { id addresses { id } } pageInfo { hasNextPage endCursor }
                      }
                    }
                    """,
                    new { after }
                )
            ).GetProperty("customers");
            seen.AddRange(
                page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!)
            );
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()
                ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString()
                : null;
            Assert.Equal(2, sql.Statements.Count);
        } while (after is not null);

        Assert.Equal(people, seen);
    }

    [Fact]
    public async Task A_hundred_nodes_are_one_statement()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        var eve = await shop.RegisterAsync(SomebodyNew());
        await shop.ReplicaCaughtUpAsync();
        using var sql = SqlCount.Start();

        await shop.AskAsync(
            _reader,
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            new { ids = new[] { ada.GlobalId, eve.GlobalId } }
        );

        Assert.Single(sql.Statements);
    }

    [Fact]
    public async Task A_customer_changes_their_name_unless_it_was_changed_in_between()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        const string Update = """
            mutation ($input: ViewerUpdateInput!) {
              viewerUpdate(input: $input) { customer { name version } problems { code } }
            }
            """;

        var done = await shop.AskAsync(
            ada.User,
            Update,
            new { input = new { name = "Lady Ada", ifVersion = 1 } }
        );
        var late = await shop.AskAsync(ada.User, Update, new { input = new { name = "Eve", ifVersion = 1 } });

        Assert.Equal(
            """{"viewerUpdate":{"customer":{"name":"Lady Ada","version":2},"problems":[]}}""",
            done.ToString()
        );
        Assert.Equal(
            """{"viewerUpdate":{"customer":null,"problems":[{"code":"VERSION_CONFLICT"}]}}""",
            late.ToString()
        );
        // They see it at once, whatever the replica says.
        var viewer = await shop.AskAsync(ada.User, "{ viewer { name } }");
        Assert.Equal("Lady Ada", viewer.GetProperty("viewer").GetProperty("name").GetString());
        Assert.Equal(
            "UNAUTHENTICATED",
            await shop.ErrorAsync(Askers.Guest, Update, new { input = new { name = "Eve" } })
        );
    }

    [Fact]
    public async Task An_address_book_has_one_default_and_no_address_twice()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());

        var home = await SaveAsync(ada, Address("Home"));
        var again = await SaveAsync(ada, Address("Home"));
        var work = await SaveAsync(ada, Address("Work"), isDefault: true);

        Assert.True(home.GetProperty("address").GetProperty("isDefault").GetBoolean());
        Assert.Equal(Id(home), Id(again));
        Assert.Equal(["Work", "Home"], Names(work));
        Assert.Single(
            work.GetProperty("customer").GetProperty("addresses").EnumerateArray(),
            each => each.GetProperty("isDefault").GetBoolean()
        );

        var moved = await SaveAsync(ada, Address("Cottage"), Id(home));
        Assert.Equal(["Work", "Cottage"], Names(moved));
    }

    [Fact]
    public async Task An_address_book_ends_at_twenty()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        for (var n = 0; n < 20; n++)
        {
            await SaveAsync(ada, Address($"House {n}"));
        }

        var refused = await SaveAsync(ada, Address("One too many"));

        Assert.Equal("INVALID_INPUT", refused.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(20, await CountAsync(ada.Id));
    }

    [Fact]
    public async Task Nobody_writes_into_the_book_of_another()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        var eve = await shop.RegisterAsync(SomebodyNew());
        var home = Id(await SaveAsync(ada, Address("Home")));

        var stolen = await SaveAsync(eve, Address("Eve's"), home);
        await RemoveAsync(eve.User, home);

        Assert.Equal("NOT_FOUND", stolen.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(1, await CountAsync(ada.Id));
        await RemoveAsync(ada.User, home);
        await RemoveAsync(ada.User, home);
        Assert.Equal(0, await CountAsync(ada.Id));
    }

    [Fact]
    public async Task An_admin_says_what_somebody_may_do_and_it_is_noted()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());

        var done = await SetRolesAsync(Askers.Staff(StaffRole.Admin), ada, "STOCK", "CATALOG", "STOCK");
        await SetRolesAsync(Askers.Staff(StaffRole.Admin), ada, "CATALOG", "STOCK");

        Assert.Equal("""["CATALOG","STOCK"]""", done.GetProperty("customer").GetProperty("roles").ToString());
        await using var db = shop.Get<Database<AccountsDb>>().OpenPrimary();
        var noted = Assert.Single(await db.Audit.Where(row => row.SubjectId == ada.Id.Value).ToListAsync());
        Assert.Equal(
            (7, "customerRolesSet", "Customer"),
            (noted.ActorId.Value, noted.Action, noted.SubjectKind)
        );
        Assert.Equal("""{"roles": []}""", noted.Before);
        Assert.Equal("""{"roles": ["Catalog", "Stock"]}""", noted.After);
        // What they may do stands in their next token.
        var next = await shop.RefreshAsync(ada.RefreshToken);
        Assert.Equal(
            ["Catalog", "Stock"],
            new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(next.AccessToken)
                .Claims.Where(claim => claim.Type == "role")
                .Select(claim => claim.Value)
        );
    }

    [Fact]
    public async Task Nobody_but_an_admin_gives_roles_and_no_admin_locks_themselves_out()
    {
        var ada = await shop.RegisterAsync(SomebodyNew());
        await SetRolesAsync(Askers.Staff(StaffRole.Admin), ada, "ADMIN");
        const string Mutation =
            "mutation ($id: ID!) { customerRolesSet(input: {customerId: $id, roles: [ADMIN]}) { problems { code } } }";

        var own = await SetRolesAsync(Askers.Customer(ada.Id, StaffRole.Admin), ada, "ORDERS");

        Assert.Equal("NOT_ALLOWED_NOW", own.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(
            "FORBIDDEN",
            await shop.ErrorAsync(Askers.Staff(StaffRole.Orders), Mutation, new { id = ada.GlobalId })
        );
    }

    private async Task<JsonElement> SearchAsync(string search)
    {
        var found = await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            "query ($search: String) { customers(where: {search: $search}) { nodes { email } } }",
            new { search }
        );
        return found.GetProperty("customers").GetProperty("nodes");
    }

    private async Task<JsonElement> SetRolesAsync(
        ClaimsPrincipal user,
        SignedIn customer,
        params string[] roles
    )
    {
        var data = await shop.AskAsync(
            user,
            """
            mutation ($input: CustomerRolesSetInput!) {
              customerRolesSet(input: $input) { customer { roles } problems { code } }
            }
            """,
            new { input = new { customerId = customer.GlobalId, roles } }
        );
        return data.GetProperty("customerRolesSet");
    }

    private async Task<JsonElement> SaveAsync(
        SignedIn who,
        object address,
        string? addressId = null,
        bool? isDefault = null
    )
    {
        var input = new
        {
            addressId,
            address,
            isDefault,
        };
        return (await shop.AskAsync(who.User, SaveAddress, new { input })).GetProperty("addressSave");
    }

    private Task<JsonElement> RemoveAsync(ClaimsPrincipal user, string addressId) =>
        shop.AskAsync(
            user,
            "mutation ($id: ID!) { addressRemove(input: {addressId: $id}) { problems { code } } }",
            new { id = addressId }
        );

    private static object Address(string name) =>
        new
        {
            name,
            line1 = "12 St James's Square",
            city = "London",
            postalCode = "SW1Y 4JH",
            countryCode = "GB",
        };

    private static string Id(JsonElement saved) =>
        saved.GetProperty("address").GetProperty("id").GetString()!;

    private static IEnumerable<string?> Names(JsonElement saved) =>
        saved
            .GetProperty("customer")
            .GetProperty("addresses")
            .EnumerateArray()
            .Select(each => each.GetProperty("address").GetProperty("name").GetString());

    private async Task<int> CountAsync(CustomerId customer)
    {
        await using var db = shop.Get<Database<AccountsDb>>().OpenPrimary();
        return await db.Addresses.CountAsync(row => row.CustomerId == customer);
    }
}
