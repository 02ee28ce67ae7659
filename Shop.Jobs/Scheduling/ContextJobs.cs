using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Shop.Data.Messages;
using Shop.Jobs.Messages;

namespace Shop.Jobs.Scheduling;

/// <summary>What one context does later: the messages it takes, and what it does by the clock.</summary>
/// <param name="name">The context, such as <c>orders</c>: the receiver of its messages.</param>
internal sealed class ContextJobs(string name)
{
    private readonly List<MessageRoute> _routes = [];
    private readonly List<Repetition> _repetitions = [];

    /// <summary>How often what is old is forgotten.</summary>
    public static TimeSpan Hourly { get; } = TimeSpan.FromHours(1);

    /// <summary>How often a person is reminded.</summary>
    public static TimeSpan Daily { get; } = TimeSpan.FromDays(1);

    public string Name => name;

    /// <summary>
    /// Whether its messages have it call over the network. They then have a lane of their own and
    /// <see cref="MessageOptions.NetworkTimeLimit"/>, so that a service that is slow delays no other receiver.
    /// </summary>
    public bool IsOverNetwork { get; private set; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<MessageRoute> Routes => _routes;

    /// <summary>What it does by the clock.</summary>
    public IReadOnlyList<Repetition> Repetitions => _repetitions;

    /// <summary>Adds the delivery of what it sends; null where it has no message table.</summary>
    public Action<IServiceCollection, IQuartzBuilder, IReadOnlyList<DeliveryLane>>? Delivers { get; set; }

    /// <summary>Its verb takes a fact, of whatever context: a batch, which commits or fails as a whole.</summary>
    public ContextJobs Hears<TFact, TVerb>(
        Func<TVerb, IReadOnlyList<Delivered<TFact>>, CancellationToken, Task> take
    )
        where TFact : IFact
        where TVerb : notnull => Takes(take, isRequest: false);

    /// <summary>Its verb does what others ask of it: a batch, which commits or fails as a whole.</summary>
    /// <exception cref="InvalidOperationException">The request is one of another context.</exception>
    public ContextJobs Answers<TRequest, TVerb>(
        Func<TVerb, IReadOnlyList<Delivered<TRequest>>, CancellationToken, Task> take
    )
        where TRequest : IRequest
        where TVerb : notnull =>
        TRequest.Topic.StartsWith($"{name}.", StringComparison.Ordinal)
            ? Takes(take, isRequest: true)
            : throw new InvalidOperationException($"{TRequest.Topic} is not asked of {name}.");

    /// <summary>Its verbs that take messages call over the network.</summary>
    public ContextJobs OverNetwork()
    {
        IsOverNetwork = true;
        return this;
    }

    /// <summary>Its verb works batch after batch until one does nothing.</summary>
    /// <param name="job">Unique in the shop: the row by which the nodes of a cluster know that they mean the same job.</param>
    /// <param name="every">How often.</param>
    /// <param name="batch">Does one batch, and says how much that was.</param>
    /// <param name="onEachNode">Whether the nodes of a cluster share the work by leases; else one at a time does it.</param>
    public ContextJobs Repeats<TVerb>(
        string job,
        TimeSpan every,
        Func<TVerb, CancellationToken, Task<int>> batch,
        bool onEachNode = false
    )
        where TVerb : notnull
    {
        _repetitions.Add(
            new(
                job,
                every,
                onEachNode,
                (services, cancel) => batch(services.GetRequiredService<TVerb>(), cancel)
            )
        );
        return this;
    }

    private ContextJobs Takes<TMessage, TVerb>(
        Func<TVerb, IReadOnlyList<Delivered<TMessage>>, CancellationToken, Task> take,
        bool isRequest
    )
        where TMessage : IMessage
        where TVerb : notnull
    {
        _routes.Add(new(TMessage.Topic, isRequest, Bind));
        return this;

        Handover Bind(IServiceProvider services)
        {
            var verb = services.GetRequiredService<TVerb>();
            return (sender, messages, cancel) =>
                take(
                    verb,
                    [
                        .. messages.Select(message => new Delivered<TMessage>(
                            sender,
                            message.Id,
                            StoredJson.Read<TMessage>(message.Payload),
                            message.TraceParent
                        )),
                    ],
                    cancel
                );
        }
    }
}
