using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>A merchant's account at UnionPay. Section <c>Payments:Accounts:{name}</c>.</summary>
internal sealed class UnionPayOptions
{
    /// <summary>The merchant's number.</summary>
    [RegularExpression("^[0-9A-Z]{15}$", ErrorMessage = "Merchant has to be UnionPay's 15 digits.")]
    [Required]
    public string Merchant { get; init; } = "";

    /// <summary>
    /// File of the certificate that signs and of its private key, in PEM:
    /// <c>openssl pkcs12 -legacy -nodes -in acp_sign.pfx</c> makes it of what UnionPay hands out.
    /// </summary>
    [Required]
    public string CertificateFile { get; init; } = "";

    /// <summary>Files of UnionPay's root certificates, in PEM: two while one takes the other's place.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> RootFiles { get; init; } = [];

    /// <summary>Files of the certificates between a root and those that sign, in PEM.</summary>
    public IReadOnlyList<string> MiddleFiles { get; init; } = [];

    /// <summary>
    /// From which hour of the next day, in Beijing, a bill that is not there means that nothing was paid; before, that it is not
    /// made yet.
    /// </summary>
    [Range(0, 23)]
    public int BillHour { get; init; } = 10;
}
