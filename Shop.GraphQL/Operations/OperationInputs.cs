using PriceListId = Shop.Data.Catalog.Prices.PriceListId;

namespace Shop.GraphQL.Operations;

/// <summary>What was changed by hand in the database; exactly one of them.</summary>
[OneOf]
internal sealed record CacheForgetInput
{
    /// <summary>Products, with their SKUs; they need not be there any more. At most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<ProductId>? Products { get; init; }

    /// <summary>Categories; one means all, for what stands below it has changed with it. At most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<CategoryId>? Categories { get; init; }

    /// <summary>Price lists, or prices of theirs; one means all that SKUs cost. At most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<PriceListId>? PriceLists { get; init; }
}

/// <summary>Which dead messages are tried again; exactly one of them.</summary>
[OneOf]
internal sealed record MessagesReplayInput
{
    /// <summary>These; at most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<DeadMessageId>? Ids { get; init; }

    /// <summary>All of a topic, oldest first, up to 1,000: send it again until `replayed` is less.</summary>
    public MessageTopicInput? Topic { get; init; }
}

/// <summary>Messages of one kind.</summary>
/// <param name="Context">Who sent them, such as `orders`.</param>
/// <param name="Topic">What they are: `inventory.deduct`.</param>
/// <param name="Receiver">Only those that this context should have heard; null for any.</param>
internal sealed record MessageTopicInput(
    [property: MaxText(100)] string Context,
    [property: MaxText(100)] string Topic,
    [property: MaxText(100)] string? Receiver = null
);

/// <summary>From where others outside get all again.</summary>
/// <param name="Name">Who, as `Feed.name` says.</param>
/// <param name="From">The moment, not ahead: what happened from then on is sent, also what was sent before, and what happened earlier is not.</param>
internal sealed record FeedRestartInput([property: MaxText(100)] string Name, DateTimeOffset From);

/// <summary>A job that shall run now.</summary>
/// <param name="Name">Which, as `Job.name` says; one that runs by the clock.</param>
internal sealed record JobTriggerInput([property: MaxText(200)] string Name);
