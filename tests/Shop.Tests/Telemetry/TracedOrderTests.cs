using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>What leaves a shop of an order.</summary>
public sealed class TracedOrderTests
{
    [Fact]
    public async Task An_order_is_one_trace_from_the_click_to_its_stock()
    {
        string[] expected =
        [
            "POST /graphql",
            "mutation OrderPlaceMutation",
            "commit orders",
            "process inventory.deduct",
            "process inventory.stock_deducted",
        ];
        using var receiver = new OtlpReceiver();
        await using var sold = new SoldShop(("Telemetry__Otlp", receiver.Address), ("Telemetry__Ratio", "1"));
        await sold.InitializeAsync();

        List<OtlpSpan> order = [];
        await Eventually.TrueAsync(() =>
        {
            var spans = receiver.Spans;
            var trace = spans.FirstOrDefault(span => span.Name == "mutation OrderPlaceMutation")?.Trace;
            order = [.. spans.Where(span => span.Trace == trace)];
            return expected.All(name => order.Exists(span => span.Name == name));
        });

        // One root, and each span hangs below one of the others.
        Assert.Equal("POST /graphql", Assert.Single(order, span => span.Parent.Length == 0).Name);
        Assert.Superset(
            order.Select(span => span.Parent).Where(parent => parent.Length > 0).ToHashSet(),
            order.Select(span => span.Id).ToHashSet()
        );
        // What a client says its request is part of is a stranger's word.
        Assert.DoesNotContain(
            receiver.Spans,
            span => SoldShop.Click.Contains(span.Trace, StringComparison.Ordinal)
        );
    }
}
