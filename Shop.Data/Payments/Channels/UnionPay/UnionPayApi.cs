using System.Globalization;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>Makes UnionPay's messages, and calls it: a signed form goes out, a signed text comes back.</summary>
/// <param name="merchant">The merchant's number.</param>
/// <param name="certificate">Signs.</param>
/// <param name="verifier">Tells UnionPay's answers.</param>
/// <param name="http">Of the account.</param>
internal sealed class UnionPayApi(
    string merchant,
    KeyFile<UnionPayCertificate> certificate,
    UnionPayVerifier verifier,
    ChannelHttp http
)
{
    // A bill comes in one piece: some hundred thousand lines, compressed.
    private const int MaxFileBytes = 64 << 20;

    /// <summary>The number of yuan: the only currency.</summary>
    public const string Yuan = "156";

    /// <summary>What every message has.</summary>
    /// <param name="type">What for: 01 to pay, 04 to give back, 00 to ask.</param>
    /// <param name="subType">How.</param>
    /// <param name="business">Which of UnionPay's products.</param>
    /// <param name="at">Its time, a part of its name.</param>
    /// <param name="number">The shop's number; null for what has none.</param>
    public UnionPayMessage Message(
        string type,
        string subType,
        string business,
        DateTimeOffset at,
        string? number
    )
    {
        var message = new UnionPayMessage
        {
            ["version"] = "5.1.0",
            ["encoding"] = "UTF-8",
            ["signMethod"] = "01",
            ["txnType"] = type,
            ["txnSubType"] = subType,
            ["bizType"] = business,
            ["accessType"] = "0",
            ["merId"] = merchant,
            ["txnTime"] = UnionPayTime.Text(at),
        };
        if (number is not null)
        {
            message["orderId"] = number;
        }

        return message;
    }

    /// <summary>Adds to a message how much is to go, and where the notice is to go to.</summary>
    public static void Add(
        UnionPayMessage message,
        Money amount,
        Uri notifyUrl,
        string channelType,
        string token
    )
    {
        message["txnAmt"] = amount.Minor.ToString(CultureInfo.InvariantCulture);
        message["currencyCode"] = Yuan;
        message["backUrl"] = notifyUrl.AbsoluteUri;
        message["channelType"] = channelType;
        message["reqReserved"] = token;
    }

    /// <summary>Signs a message that the customer's browser brings.</summary>
    public UnionPayMessage Sign(UnionPayMessage message)
    {
        certificate.Key.Sign(message);
        return message;
    }

    /// <summary>Asks UnionPay.</summary>
    /// <exception cref="NoAnswerException">There is no answer, or it is not signed, or is to another question.</exception>
    public async Task<UnionPayMessage> CallAsync(
        Uri address,
        UnionPayMessage question,
        CancellationToken cancel
    )
    {
        using var request = Request(address, question);
        var answer = await http.SendAsync(request, cancel);
        return answer.Status == 200
            ? Trusted(answer.Body, question)
            : throw new NoAnswerException($"UnionPay answered {answer.Status}");
    }

    /// <summary>Asks for a file, which comes inside of the answer.</summary>
    /// <exception cref="NoAnswerException">There is no answer, or it is not signed, or is to another question.</exception>
    public async Task<UnionPayMessage> DownloadAsync(
        Uri address,
        UnionPayMessage question,
        CancellationToken cancel
    )
    {
        using var request = Request(address, question);
        using var response = await http.OpenAsync(request, cancel);
        await response.Content.LoadIntoBufferAsync(MaxFileBytes, cancel);
        return Trusted(await response.Content.ReadAsByteArrayAsync(cancel), question);
    }

    private HttpRequestMessage Request(Uri address, UnionPayMessage question) =>
        new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(Sign(question)) };

    private UnionPayMessage Trusted(byte[] body, UnionPayMessage question)
    {
        var answer = UnionPayMessage.ReadAnswer(body);
        return answer is null || !verifier.IsSigned(answer)
                ? throw new NoAnswerException("UnionPay's answer is not signed")
            // A signed answer to another question is no answer to this one.
            : _echoes.Any(name => answer.Text(name) != question.Text(name))
                ? throw new NoAnswerException("UnionPay's answer is to another question")
            : answer;
    }

    private static readonly string[] _echoes = ["merId", "orderId", "txnTime", "txnType", "txnSubType"];
}
