using Npgsql;
using Shop.Data.Storage.Faults;
using StackExchange.Redis;

namespace Shop.Tests.Storage;

public sealed class OutageTests
{
    [Theory]
    [InlineData("57P01", true)] // being shut down
    [InlineData("57P02", true)] // another process of it crashed
    [InlineData("57P03", true)] // starting up
    [InlineData("57P05", true)] // ended for it was idle
    [InlineData("53000", true)] // some resource ran out
    [InlineData("53100", true)] // disk full
    [InlineData("53200", true)] // out of memory
    [InlineData("53300", true)] // too many connections
    [InlineData("25006", true)] // read-only, after a failover
    [InlineData("58000", true)] // the system fails it
    [InlineData("58030", true)] // its disk fails it
    [InlineData("57014", false)] // the statement took too long
    [InlineData("23505", false)] // unique violation
    [InlineData("40P01", false)] // deadlock
    [InlineData("22P02", false)] // not a number
    public void An_answer_of_PostgreSQL_is_an_outage_or_a_fault(string code, bool isOutage)
    {
        var answer = new PostgresException("message", "ERROR", "ERROR", code);

        Assert.Equal(isOutage, Outage.Is(answer));
        Assert.Equal(isOutage, Outage.Is(new InvalidOperationException("while saving", answer)));
    }

    [Theory]
    [InlineData(RedisErrorKind.Misconfigured, true)]
    [InlineData(RedisErrorKind.OutOfMemory, true)]
    [InlineData(RedisErrorKind.Loading, true)]
    [InlineData(RedisErrorKind.ReadOnly, true)]
    [InlineData(RedisErrorKind.Busy, true)]
    [InlineData(RedisErrorKind.MaxClients, true)]
    [InlineData(RedisErrorKind.ClusterDown, true)]
    [InlineData(RedisErrorKind.MasterDown, true)]
    [InlineData(RedisErrorKind.NoReplicas, true)]
    [InlineData(RedisErrorKind.TryAgain, true)]
    [InlineData(RedisErrorKind.ConnectionFault, true)]
    [InlineData(RedisErrorKind.Timeout, true)]
    [InlineData(RedisErrorKind.WrongType, false)]
    [InlineData(RedisErrorKind.UnknownCommand, false)]
    public void An_answer_of_Redis_is_an_outage_or_a_fault(RedisErrorKind kind, bool isOutage) =>
        Assert.Equal(isOutage, Outage.Is(new RedisServerException(kind, CommandFlags.None, "message")));

    [Fact]
    public void No_answer_is_an_outage_but_a_statement_that_was_waited_for_too_long_is_a_fault()
    {
        Assert.True(Outage.Is(new NpgsqlException("gone", new IOException())));
        Assert.True(Outage.Is(new NpgsqlException("never there")));
        Assert.True(
            Outage.Is(
                new RedisConnectionException(
                    ConnectionFailureType.SocketClosed,
                    CommandFlags.None,
                    "gone",
                    null,
                    CommandStatus.Unknown
                )
            )
        );
        Assert.True(
            Outage.Is(
                new RedisTimeoutException(CommandFlags.None, "never sent", CommandStatus.WaitingInBacklog)
            )
        );
        Assert.True(
            Outage.Is(new RedisTimeoutException(CommandFlags.None, "not answered", CommandStatus.Sent))
        );
        Assert.False(Outage.Is(new NpgsqlException("slow", new TimeoutException())));
        Assert.False(Outage.Is(new TimeoutException()));
        Assert.False(Outage.Is(new InvalidOperationException()));
    }
}
