using GraphQL.Types;
using Shop.Data.Payments.Channels;

namespace Shop.GraphQL.Payments;

/// <summary>What a client does next, so that the customer can pay.</summary>
/// <param name="ExpiresAt">Until when it is good for anything.</param>
internal abstract record PaymentAction(DateTimeOffset ExpiresAt)
{
    /// <summary>From what the channel has said.</summary>
    internal static PaymentAction Of(ChannelAction action, DateTimeOffset expiresAt) =>
        action switch
        {
            ChannelAction.Redirect to => new RedirectTo(
                expiresAt,
                to.Url,
                to.IsPost ? FormMethod.Post : FormMethod.Get,
                Fields(to.Fields)
            ),
            ChannelAction.QrCode code => new ShowQrCode(expiresAt, code.Content),
            ChannelAction.Invoke call => new InvokeApp(expiresAt, Fields(call.Parameters)),
            ChannelAction.Secret secret => new ClientSecret(
                expiresAt,
                secret.ClientSecret,
                secret.PublishableKey
            ),
            _ => throw new InvalidOperationException($"{action.GetType()} is no action."),
        };

    private static IReadOnlyList<FormField> Fields(IReadOnlyList<ActionField> fields) =>
        [.. fields.Select(field => new FormField(field.Name, field.Value))];
}

/// <summary>Send the customer's browser to the channel's page.</summary>
/// <param name="ExpiresAt">Until when it is good for anything.</param>
/// <param name="Url">The page.</param>
/// <param name="Method">How: `GET` opens the address as it is, `POST` sends a form with the fields to it.</param>
/// <param name="Fields">Of the form; empty with `GET`. At most 50.</param>
internal sealed record RedirectTo(
    DateTimeOffset ExpiresAt,
    Uri Url,
    FormMethod Method,
    [property: ListSize(20)] IReadOnlyList<FormField> Fields
) : PaymentAction(ExpiresAt);

/// <summary>Draw a QR code, which the customer scans with the channel's app.</summary>
/// <param name="ExpiresAt">Until when it is good for anything.</param>
/// <param name="Content">What the code says; drawing it is the client's.</param>
internal sealed record ShowQrCode(DateTimeOffset ExpiresAt, string Content) : PaymentAction(ExpiresAt);

/// <summary>Call the channel's app from yours, or what WeChat offers to its pages.</summary>
/// <param name="ExpiresAt">Until when it is good for anything.</param>
/// <param name="Parameters">As the channel's kit takes them, signed: WeChat's with `paySign`, Alipay's `orderInfo`, UnionPay's `tn`. At most 20.</param>
internal sealed record InvokeApp(
    DateTimeOffset ExpiresAt,
    [property: ListSize(10)] IReadOnlyList<FormField> Parameters
) : PaymentAction(ExpiresAt);

/// <summary>Give both to the channel's own form in your page.</summary>
/// <param name="ExpiresAt">Until when it is good for anything.</param>
/// <param name="Secret">Of this payment alone; whoever has it may pay.</param>
/// <param name="PublishableKey">Of the shop's account at the channel.</param>
internal sealed record ClientSecret(
    DateTimeOffset ExpiresAt,
    [property: Name("clientSecret")] string Secret,
    string PublishableKey
) : PaymentAction(ExpiresAt);

/// <summary>A field of a form, or a parameter of a call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, as it is to be sent.</param>
internal sealed record FormField(string Name, string Value);

/// <summary>How a browser is sent to a page.</summary>
internal enum FormMethod
{
    /// <summary>By opening its address.</summary>
    Get,

    /// <summary>By sending a form to it.</summary>
    Post,
}

/// <summary>The actions as one type.</summary>
internal sealed class PaymentActionUnion : UnionGraphType
{
    public PaymentActionUnion()
    {
        Name = "PaymentAction";
        Description = "What a client does next, so that the customer can pay.";
        Type<ObjectType<RedirectTo>>();
        Type<ObjectType<ShowQrCode>>();
        Type<ObjectType<InvokeApp>>();
        Type<ObjectType<ClientSecret>>();
    }
}
