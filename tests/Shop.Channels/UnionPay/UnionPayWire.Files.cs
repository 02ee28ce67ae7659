using System.IO.Compression;

namespace Shop.Channels.UnionPay;

/// <content>The merchant's file of a day, which runs from 23:00 to 23:00 in Beijing.</content>
public sealed partial class UnionPayWire
{
    private string File(UnionPayFields message, UnionPayFields answer)
    {
        var now = World.Clock.GetUtcNow();
        var year = now.ToOffset(UnionPayRules.Beijing).Year;
        var day = UnionPayRules.Time($"{year}{message.Text("settleDate")}000000");
        if (day is not { } midnight)
        {
            return "10";
        }

        midnight = midnight > now ? midnight.AddYears(-1) : midnight;
        var lines = World
            .Trades.All.Where(trade => trade.Channel == Channel)
            .SelectMany(UnionPayFileLine.Of)
            .Where(line => line.At >= midnight.AddHours(-1) && line.At < midnight.AddHours(23))
            .ToList();
        // Made at nine; a day without a line has no file.
        if (lines.Count == 0 || now < midnight.AddHours(33))
        {
            return "98";
        }

        var name = UnionPayRules.Text(midnight, "yyMMdd");
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, $"INN{name}88ZM_{Merchant}", lines.Select(line => line.Text));
            Write(archive, $"INN{name}88ZME_{Merchant}", []);
            Write(archive, $"INN{name}88ZMSUM_{Merchant}", ["合计 "]);
        }

        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(zip.ToArray());
        }

        answer["settleDate"] = message.Text("settleDate");
        answer["fileType"] = "00";
        answer["fileName"] = $"{Merchant}_{name}.zip";
        answer["fileContent"] = Convert.ToBase64String(packed.ToArray());
        return "00";
    }

    private static void Write(ZipArchive archive, string name, IEnumerable<string> lines)
    {
        using var stream = archive.CreateEntry(name).Open();
        foreach (var line in lines)
        {
            stream.Write(UnionPayFileLine.Gbk.GetBytes($"{line}\r\n"));
        }
    }
}
