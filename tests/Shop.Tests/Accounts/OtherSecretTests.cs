using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Data.Accounts.Tokens;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>While an operator changes the secret, nodes have one or the other; in a shop of its own, whose keys no other test has.</summary>
public sealed class OtherSecretTests(TokenShop tokens) : IClassFixture<TokenShop>
{
    [Fact]
    public async Task A_node_with_another_secret_reads_what_the_others_sign_and_signs_by_itself()
    {
        var ada = await tokens.Shop.RegisterAsync(SomebodyNew());
        await using var other = tokens.Shop.Twin(
            ("Accounts:KeySecret", "another secret that is also long enough")
        );

        var theirs = await other.TokenOfAsync(ada);
        await other.Get<SigningKeys>().LearnAsync(new JsonWebToken(ada.AccessToken).Kid, default);

        Assert.NotEqual(new JsonWebToken(ada.AccessToken).Kid, new JsonWebToken(theirs).Kid);
        Assert.Equal(ada.GlobalId, await tokens.ViewerAsync(theirs));
        Assert.NotNull(other.Get<SigningKeys>().Find(new JsonWebToken(ada.AccessToken).Kid));
    }
}
