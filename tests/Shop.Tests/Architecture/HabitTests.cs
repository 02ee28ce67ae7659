using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Tests.Architecture;

/// <summary>What no compiler asks of us: sealed classes, few interfaces, message topics of one meaning.</summary>
public sealed class HabitTests
{
    /// <summary>Every place where one thing may be put for another. A new one needs a reason, said here.</summary>
    private static readonly string[] _seams =
    [
        // A context's schema, brought up to date by a host that does not know the context.
        nameof(IMigrate),
        // Ids of all kinds are stored and made alike.
        "IRowId`1",
        // What contexts tell each other: delivered without a look inside.
        nameof(IMessage),
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
    public void A_topic_means_one_message_and_names_its_receiver()
    {
        var topics = Ours.Where(type => type.IsAssignableTo(typeof(IMessage)) && !type.IsInterface)
            .Select(type => (string)type.GetProperty(nameof(IMessage.Topic))!.GetValue(null)!)
            .ToList();

        Assert.NotEmpty(topics);
        Assert.Equal(topics.Distinct(), topics);
        Assert.All(
            topics,
            topic =>
            {
                Assert.Matches("^[a-z]+\\.[a-z_]+$", topic);
                Assert.Contains(
                    topic.Split('.')[0],
                    Context.All.Select(context => context.Name.ToLowerInvariant())
                );
            }
        );
    }

    [Fact]
    public void A_number_in_the_log_means_one_sentence()
    {
        var numbers = (
            from type in Ours
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            let sentence = method.GetCustomAttribute<LoggerMessageAttribute>()
            where sentence is not null
            select sentence.EventId
        ).ToList();

        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Distinct(), numbers);
    }

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(WithNested)
            .Prepend(type);
}
