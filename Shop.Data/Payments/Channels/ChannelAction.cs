using System.Text.Json.Serialization;

namespace Shop.Data.Payments.Channels;

/// <summary>What a client does so that the customer can pay. Whoever has it may pay: it is told to nobody else, and never logged.</summary>
[JsonDerivedType(typeof(Redirect), "redirect")]
[JsonDerivedType(typeof(QrCode), "qr")]
[JsonDerivedType(typeof(Invoke), "invoke")]
[JsonDerivedType(typeof(Secret), "secret")]
public abstract record ChannelAction
{
    private ChannelAction() { }

    /// <summary>Send the browser to a page: by its address alone, or by a form.</summary>
    /// <param name="Url">The page.</param>
    /// <param name="IsPost">Whether the fields are sent in a form.</param>
    /// <param name="Fields">In their order; empty where the address says all.</param>
    public sealed record Redirect(Uri Url, bool IsPost, IReadOnlyList<ActionField> Fields) : ChannelAction;

    /// <summary>Draw a code that a phone scans.</summary>
    /// <param name="Content">What the code says.</param>
    public sealed record QrCode(string Content) : ChannelAction;

    /// <summary>Call the channel's app, or what WeChat offers its pages.</summary>
    /// <param name="Parameters">As the channel's kit takes them.</param>
    public sealed record Invoke(IReadOnlyList<ActionField> Parameters) : ChannelAction;

    /// <summary>Give both to the channel's own form.</summary>
    /// <param name="ClientSecret">Of this payment alone.</param>
    /// <param name="PublishableKey">Of the account.</param>
    public sealed record Secret(string ClientSecret, string PublishableKey) : ChannelAction;
}

/// <summary>A field of a form, or a parameter of a call.</summary>
public readonly record struct ActionField(string Name, string Value);
