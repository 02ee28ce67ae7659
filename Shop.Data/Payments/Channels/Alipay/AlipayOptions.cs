using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>A merchant's account at Alipay. Keys are files that only the shop can read; one that is replaced is read again.</summary>
internal sealed class AlipayOptions
{
    /// <summary>The merchant's number, to whom money goes (<c>seller_id</c>): 2088 and twelve digits.</summary>
    [Required(ErrorMessage = "Merchant is missing.")]
    [RegularExpression("^2088[0-9]{12}$", ErrorMessage = "Merchant is 2088 and twelve digits.")]
    public string Merchant { get; init; } = "";

    /// <summary>The app (<c>app_id</c>).</summary>
    [Required(ErrorMessage = "App is missing.")]
    [RegularExpression("^[0-9]{16}$", ErrorMessage = "App has sixteen digits.")]
    public string App { get; init; } = "";

    /// <summary>The app's key: PEM, or base64 of PKCS #8.</summary>
    [Required(ErrorMessage = "KeyFile is missing.")]
    public string KeyFile { get; init; } = "";

    /// <summary>Alipay's public keys: PEM, or base64. All verify. In certificate mode: none is needed.</summary>
    public string[] PublicKeyFiles { get; init; } = [];

    /// <summary>The app's certificate, PEM. With it, certificate mode is on.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Alipay's root certificates, PEM, as it hands them out in one file. Needed in certificate mode.</summary>
    public string? RootCertificateFile { get; init; }

    /// <summary>Alipay's certificates, PEM. Their keys verify.</summary>
    public string[] AlipayCertificateFiles { get; init; } = [];
}
