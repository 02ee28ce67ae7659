using Npgsql;
using Shop.Data.Storage.Faults;

namespace Shop.Tests.Storage;

public sealed class ClashTests
{
    [Theory]
    [InlineData("40P01", true)] // deadlock
    [InlineData("40001", true)] // serialization failure, or a replica that had to go on
    [InlineData("55P03", true)] // a lock that was not waited for
    [InlineData("23505", false)] // unique violation
    [InlineData("57014", false)] // the statement took too long
    [InlineData("57P01", false)] // being shut down
    public void Work_had_other_work_in_its_way_or_is_at_fault(string code, bool isClash)
    {
        var answer = new PostgresException("message", "ERROR", "ERROR", code);

        Assert.Equal(isClash, Clash.Is(answer));
        Assert.Equal(isClash, Clash.Is(new InvalidOperationException("while saving", answer)));
    }

    [Fact]
    public void What_is_no_answer_of_PostgreSQL_is_none() =>
        Assert.False(Clash.Is(new NpgsqlException("gone", new IOException())));
}
