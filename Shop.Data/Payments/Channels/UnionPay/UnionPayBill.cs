using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>
/// UnionPay's book of a day, which runs from 23:00 to 23:00 in Beijing: a ZIP inside of a signed answer, with the merchant's lines in
/// the file whose name has <c>ZM_</c>.
/// </summary>
internal sealed class UnionPayBill(UnionPayApi api, Uri files, int hour, TimeProvider clock)
{
    /// <inheritdoc cref="IPaymentChannel.ReadBillAsync" />
    public async Task<BillReading> ReadAsync(DateOnly day, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var question = api.Message("76", "01", "000000", now, number: null);
        question["settleDate"] = day.ToString("MMdd", CultureInfo.InvariantCulture);
        question["fileType"] = "00";
        var answer = await api.DownloadAsync(files, question, cancel);
        switch (answer.Text("respCode"))
        {
            case "00" when answer.Text("fileContent") is { } content:
                return await ReadAsync(content, day, cancel);
            case "98":
                var made = new DateTimeOffset(day, new(hour, 0), BeijingTime.Zone.BaseUtcOffset).AddDays(1);
                return now < made ? new BillReading.NotYet() : new BillReading.None();
            case var code:
                return new BillReading.Broken($"the question was answered {code}");
        }
    }

    private static async Task<BillReading> ReadAsync(string content, DateOnly day, CancellationToken cancel)
    {
        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(content));
            await using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            using var zip = new MemoryStream();
            await unpacked.CopyToAsync(zip, cancel);

            // All of it is read once before any line is given out: a file that is broken somewhere is no bill.
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var count = 0;
            await foreach (var line in TextLinesAsync(zip.ToArray()).WithCancellation(cancel))
            {
                hash.AppendData(line);
                count += UnionPayBillLine.Read(line, day) is null ? 0 : 1;
            }

            return count == 0
                ? new BillReading.None()
                : new BillReading.Lines(
                    Convert.ToHexStringLower(hash.GetHashAndReset()),
                    LinesAsync(zip.ToArray(), day)
                );
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            return new BillReading.Broken(fault.Message);
        }
    }

    private static async IAsyncEnumerable<BillLine> LinesAsync(byte[] zip, DateOnly day)
    {
        await foreach (var text in TextLinesAsync(zip))
        {
            if (UnionPayBillLine.Read(text, day) is { } line)
            {
                yield return line;
            }
        }
    }

    // As bytes: the widths are those of GBK, of which only ASCII is read.
    private static async IAsyncEnumerable<byte[]> TextLinesAsync(byte[] zip)
    {
        await using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            if (!entry.Name.Contains("ZM_", StringComparison.Ordinal))
            {
                continue;
            }

            await using var stream = await entry.OpenAsync();
            using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
            while (await text.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    yield return System.Text.Encoding.Latin1.GetBytes(line);
                }
            }
        }
    }
}
