using System.Diagnostics;
using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>What a change of stock tells other contexts, in the transaction of the change.</summary>
internal static class StockFacts
{
    // Some 70 KB of JSON.
    private const int LevelsPerMessage = 1_000;

    /// <summary>Adds the levels that have moved: one message for most batches, none where nothing did.</summary>
    public static void Add(this MessageRows messages, IEnumerable<VariantLevel> levels)
    {
        foreach (var part in levels.Chunk(LevelsPerMessage))
        {
            messages.Add(new StockMoved(part), Activity.Current?.Id);
        }
    }

    /// <summary>
    /// Writes them alone: one round trip; nothing where none has moved. No bell rings: who copies levels finds them by the poll,
    /// within half a second.
    /// </summary>
    public static async Task TellAsync(
        NpgsqlConnection connection,
        Receivers receivers,
        IReadOnlyCollection<VariantLevel> levels,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (levels.Count > 0)
        {
            var messages = new MessageRows(receivers, now);
            messages.Add(levels);
            await connection.ExecuteAsync(messages.Insert("inventory"), cancel);
        }
    }

    /// <summary>Reads SKU, units, version, and what was sold.</summary>
    public static VariantLevel Level(NpgsqlDataReader row) =>
        new(new(row.GetInt64(0)), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3));
}
