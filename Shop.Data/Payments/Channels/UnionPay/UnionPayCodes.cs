namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>What UnionPay's answer codes mean.</summary>
internal static class UnionPayCodes
{
    /// <summary>Done; A6 is done with a flaw that does not concern the money.</summary>
    public static bool IsDone(string? code) => code is "00" or "A6";

    /// <summary>Under way: it is to be asked about.</summary>
    public static bool IsUnderWay(string? code) => code is "03" or "04" or "05";

    /// <summary>There is no such transaction, or none yet.</summary>
    public static bool IsMissing(string? code) => code is "34";

    /// <summary>Whether it was done is to be asked: under way, a number that is known already, or a fault on UnionPay's side.</summary>
    public static bool IsDoubtful(string? code) =>
        IsUnderWay(code) || code is null or "01" or "12" or "34" or "60";
}
