using System.Net.Http.Headers;
using System.Text;
using Shop.Channels.Faults;
using Shop.Channels.Notices;

namespace Shop.Channels.WechatPay;

/// <summary>Writes WeChat Pay's notices: locked with the APIv3 key, signed by WeChat Pay.</summary>
internal sealed class WechatPayLetter(
    WechatPayKeyring keys,
    WechatPaySeal seal,
    TimeProvider clock,
    string merchant
)
{
    private const string OtherMerchant = "1900009999";

    /// <summary>Writes a notice to the shop's address.</summary>
    public HttpRequestMessage Write(Notice notice)
    {
        var trade = notice.Fault switch
        {
            NoticeFault.OtherAmount => notice.Trade with { Minor = notice.Trade.Minor - 1 },
            NoticeFault.OtherOrder => notice.Trade with { OutNo = $"{notice.Trade.OutNo}9" },
            NoticeFault.OtherApp => notice.Trade with
            {
                Notes = notice.Trade.Notes.SetItem("appid", "wx0000000000000009"),
            },
            NoticeFault.OtherToken => notice.Trade with
            {
                Token = "1:1767225600:00000000000000000000000000000000:x",
            },
            _ => notice.Trade,
        };
        var told = notice.Fault == NoticeFault.OtherMerchant ? OtherMerchant : merchant;
        var (type, inside) = notice.Refund is { } refund
            ? ("refund", WechatPayWords.RefundNotice(trade, refund, told))
            : ("transaction", WechatPayWords.Trade(trade, told));
        var body = Encoding.UTF8.GetBytes(
            WechatPayWords.Json(
                new
                {
                    id = notice.Id,
                    create_time = WechatPayWords.Time(notice.At),
                    resource_type = "encrypt-resource",
                    event_type = notice.What,
                    summary = "通知",
                    resource = keys.Lock(WechatPayWords.Json(inside), type),
                }
            )
        );
        var request = new HttpRequestMessage(HttpMethod.Post, notice.Trade.NotifyUrl)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var at = clock.GetUtcNow() + Shift(notice.Fault);
        foreach (var (name, value) in seal.Headers(body, at, null, notice.Fault == NoticeFault.Forged))
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private static TimeSpan Shift(NoticeFault fault) =>
        fault switch
        {
            NoticeFault.Old => TimeSpan.FromHours(-1),
            NoticeFault.Ahead => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
}
