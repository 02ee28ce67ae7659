using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Messages;
using Shop.Data.Storage.Migrating;
using Shop.Jobs;
using Shop.Jobs.Scheduling;

namespace Shop.Tests.Architecture;

/// <summary>What no compiler asks of us: sealed classes, few interfaces, message topics of one meaning.</summary>
public sealed class HabitTests
{
    /// <summary>Every place where one thing may be put for another. A new one needs a reason, said here.</summary>
    private static readonly string[] _seams =
    [
        // A context's schema, brought up to date by a host that does not know the context.
        nameof(IMigrate),
        // Banks and wallets: bytes, keys and codes of each.
        "IPaymentChannel",
        // Who reckons taxes in place of the shop: a shop may have a contract with anybody.
        "ITaxSource",
        // Ids of all kinds are stored and made alike.
        "IRowId`1",
        // What contexts tell each other: delivered without a look inside.
        nameof(IMessage),
        nameof(IFact),
        nameof(IRequest),
        // What a context adds to the graph: the schema is made without knowing the contexts.
        "IGraphModule",
        // Not seams but interfaces of the graph itself, in schema/shop.graphql.
        "Node",
        "Problem",
    ];

    /// <summary>Names that promise nothing. Service stands for registration files only: <c>OrdersServices</c>.</summary>
    private static readonly string[] _hollow =
    [
        "Manager",
        "Helper",
        "Util",
        "Utils",
        "Common",
        "Impl",
        "Dto",
        "Repository",
        "Service",
    ];

    private static IEnumerable<Type> Ours =>
        from type in Context.Types(Context.Data, Context.Jobs, Context.Graph).SelectMany(WithNested)
        where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains('<')
        where !type.IsAssignableTo(typeof(Migration)) && !type.IsAssignableTo(typeof(ModelSnapshot))
        select type;

    [Fact]
    public void Interfaces_stand_only_at_the_seams() =>
        Offences.None(Ours.Where(type => type.IsInterface).Select(type => type.Name).Except(_seams));

    [Fact]
    public void Classes_are_sealed_or_made_to_be_inherited() =>
        Offences.None(
            from type in Ours
            where type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.Name != "Program"
            select type.FullName
        );

    [Fact]
    public void Names_promise_something() =>
        Offences.None(
            from type in Ours
            from word in _hollow
            where type.Name.Split('`')[0].EndsWith(word, StringComparison.Ordinal)
            select type.FullName
        );

    [Fact]
    public void A_topic_means_one_message_and_begins_with_the_context_whose_it_is()
    {
        var topics = (
            from type in Ours
            where type.IsAssignableTo(typeof(IMessage)) && !type.IsInterface
            select (Type: type, Topic: (string)type.GetProperty(nameof(IMessage.Topic))!.GetValue(null)!)
        ).ToList();

        Assert.NotEmpty(topics);
        Assert.Distinct(topics.Select(message => message.Topic));
        Assert.All(
            topics,
            message =>
            {
                Assert.Matches("^[a-z]+\\.[a-z_]+$", message.Topic);
                Assert.True(Context.IsMessage(message.Type));
                Assert.Equal(Context.Of(message.Type).ToLowerInvariant(), message.Topic.Split('.')[0]);
                Assert.True(
                    message.Type.IsAssignableTo(typeof(IFact)) ^ message.Type.IsAssignableTo(typeof(IRequest))
                );
            }
        );
    }

    [Fact]
    public void Every_request_is_answered_by_the_context_that_it_is_asked_of()
    {
        var services = new ServiceCollection().AddContexts();
        var answered =
            from service in services
            let context = service.ImplementationInstance as ContextJobs
            where context is not null
            from route in context.Routes
            where route.IsRequest
            select route.Topic;

        Assert.Equal(
            from type in Ours
            where type.IsAssignableTo(typeof(IRequest)) && !type.IsInterface
            let topic = (string)type.GetProperty(nameof(IMessage.Topic))!.GetValue(null)!
            orderby topic
            select topic,
            answered.Order()
        );
    }

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(WithNested)
            .Prepend(type);
}
