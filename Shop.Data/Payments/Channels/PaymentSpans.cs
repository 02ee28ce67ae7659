using System.Diagnostics;

namespace Shop.Data.Payments.Channels;

/// <summary>The spans of payments: <c>payments.begin</c>, <c>payments.token</c>, <c>channel.{code}.{verb}</c>. None has a secret.</summary>
internal static class PaymentSpans
{
    public static ActivitySource Source { get; } = new("Shop.Payments");
}
