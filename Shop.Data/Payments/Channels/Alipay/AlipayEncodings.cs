using System.Text;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>What Alipay writes beside UTF-8.</summary>
internal static class AlipayEncodings
{
    /// <summary>For its bills, and for notices of older apps.</summary>
    public static Encoding Gbk { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
}
