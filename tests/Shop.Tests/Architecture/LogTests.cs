using System.Reflection;
using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;

namespace Shop.Tests.Architecture;

/// <summary>What is logged: numbers of one meaning, and nothing that is secret or somebody's own.</summary>
public sealed class LogTests
{
    /// <summary>What no log may have, in a parameter's name or its type's.</summary>
    private static readonly string[] _secrets =
    [
        "mail",
        "password",
        "secret",
        "token",
        "key",
        "address",
        "cart",
        "payload",
        "phone",
        "variables",
    ];

    private static readonly Type[] _secretTypes =
    [
        typeof(EmailAddress),
        typeof(Address),
        typeof(ClientAddress),
        typeof(CartId),
    ];

    private static readonly List<MethodInfo> _sentences =
    [
        .. from type in Context.Types(Context.Data, Context.Jobs, Context.Graph)
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where method.IsDefined(typeof(LoggerMessageAttribute))
        select method,
    ];

    [Fact]
    public void A_sentence_takes_nothing_that_is_secret_or_a_persons_own() =>
        Offences.None(
            from sentence in _sentences
            from parameter in sentence.GetParameters()
            where
                _secretTypes.Contains(parameter.ParameterType)
                || _secrets.Any(secret =>
                    parameter.Name!.Contains(secret, StringComparison.OrdinalIgnoreCase)
                )
            select $"{sentence.DeclaringType!.Name}.{sentence.Name}: {parameter.Name}"
        );

    [Fact]
    public void A_number_means_one_sentence()
    {
        Assert.NotEmpty(_sentences);
        Assert.Distinct(_sentences.Select(NumberOf));
    }

    [Fact]
    public void A_context_logs_in_a_hundred_of_numbers_that_is_its_own() =>
        Offences.None(
            from sentence in _sentences
            group sentence by NumberOf(sentence) / 100 into hundred
            from log in hundred.Select(sentence => sentence.DeclaringType!).Distinct()
            where
                hundred.Any(other => other.DeclaringType != log)
                || _sentences.Any(other => other.DeclaringType == log && NumberOf(other) / 100 != hundred.Key)
            select $"{log.FullName} in {hundred.Key}00"
        );

    [Fact]
    public void Operators_are_told_who_logs_which_numbers() =>
        Assert.Equal(
            Papers
                .Rows("docs/operating.md")
                .Select(row => row[0])
                .Where(cell => cell.EndsWith("99", StringComparison.Ordinal)),
            _sentences
                .Select(sentence => NumberOf(sentence) / 100)
                .Distinct()
                .Order()
                .Select(hundred => $"{hundred}00–{hundred}99")
        );

    private static int NumberOf(MethodInfo sentence) =>
        sentence.GetCustomAttribute<LoggerMessageAttribute>()!.EventId;
}
