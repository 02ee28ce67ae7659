using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>A merchant's account at WeChat Pay. Keys are files that only the shop can read; one that is replaced is read again.</summary>
internal sealed class WechatPayOptions
{
    /// <summary>The merchant's number (<c>mchid</c>).</summary>
    [Required(ErrorMessage = "Merchant is missing.")]
    [RegularExpression("^[0-9]{8,32}$", ErrorMessage = "Merchant is a number.")]
    public string Merchant { get; init; } = "";

    /// <summary>The app (<c>appid</c>) for browsers and codes: an official account's.</summary>
    [Required(ErrorMessage = "App is missing.")]
    [StringLength(32, ErrorMessage = "App is too long.")]
    public string App { get; init; } = "";

    /// <summary>The app of the shop's own mobile app; without one, nobody pays from an app.</summary>
    [StringLength(32, ErrorMessage = "MobileApp is too long.")]
    public string? MobileApp { get; init; }

    /// <summary>The merchant's key, PEM: <c>apiclient_key.pem</c>.</summary>
    [Required(ErrorMessage = "KeyFile is missing.")]
    public string KeyFile { get; init; } = "";

    /// <summary>The merchant's certificate, PEM: <c>apiclient_cert.pem</c>. Its serial number names the key.</summary>
    [Required(ErrorMessage = "CertificateFile is missing.")]
    public string CertificateFile { get; init; } = "";

    /// <summary>Files of APIv3 keys, 32 bytes each: notices are opened with the first that fits.</summary>
    [MinLength(1, ErrorMessage = "ApiKeyFiles is empty.")]
    public string[] ApiKeyFiles { get; init; } = [];

    /// <summary>WeChat Pay's public keys, PEM, by their names: <c>PUB_KEY_ID_…</c>. All verify; the first is asked for.</summary>
    public Dictionary<string, string> PublicKeyFiles { get; init; } = [];

    /// <summary>WeChat Pay's platform certificates, PEM. All verify. New ones are fetched where an answer is signed by one.</summary>
    public string[] PlatformCertificateFiles { get; init; } = [];
}
