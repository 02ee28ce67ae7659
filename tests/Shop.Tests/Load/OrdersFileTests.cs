using System.IO.Compression;
using Shop.Load;
using Shop.Load.Replay;

namespace Shop.Tests.Load;

public sealed class OrdersFileTests : IDisposable
{
    private const string Header = "invoice,placed_at,customer,country,sku,quantity,unit_price_gbp\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-load-").FullName;

    [Theory]
    [InlineData("orders.csv")]
    [InlineData("orders.csv.gz")]
    public async Task Rows_of_one_invoice_come_together_in_the_order_of_the_file(string name)
    {
        using var file = Write(
            name,
            "1,2010-12-01T08:26:00,17850,United Kingdom,85123A,6,2.55\n"
                + "1,2010-12-01T08:26:00,17850,United Kingdom,71053,x,3.39\n"
                + "C2,2010-12-01T08:28:00,,\"Korea, South\",22633,-6,1.85\n"
        );

        var invoices = await ReadAsync(file);

        Assert.Equal(
            [
                new OrderRow("1", "17850", "United Kingdom", "85123A", 6),
                new OrderRow("1", "17850", "United Kingdom", "71053", null),
            ],
            invoices[0]
        );
        Assert.Equal([new OrderRow("C2", "", "Korea, South", "22633", -6)], invoices[1]);
        Assert.Equal(1, file.Fraction);
    }

    [Fact]
    public async Task An_invoice_that_another_one_interrupts_stays_one()
    {
        using var file = Write("orders.csv", Row("1", "A") + Row("2", "B") + Row("1", "C") + Row("3", "D"));

        var invoices = await ReadAsync(file);

        Assert.Equal(["AC", "B", "D"], invoices.Select(rows => string.Concat(rows.Select(row => row.Sku))));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        using var file = Write("orders.csv", "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.csv"), "name,colour\nchair,red\n");
        using var other = new OrdersFile(Path.Combine(_folder, "other.csv"));

        Assert.Empty(await ReadAsync(file));
        await Assert.ThrowsAsync<UsageException>(() => ReadAsync(other));
        Assert.Throws<UsageException>(() => new OrdersFile(Path.Combine(_folder, "none.csv")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Row(string invoice, string sku) =>
        $"{invoice},2010-12-01T08:26:00,,France,{sku},1,1\n";

    private static async Task<List<IReadOnlyList<OrderRow>>> ReadAsync(OrdersFile file)
    {
        var invoices = new List<IReadOnlyList<OrderRow>>();
        await foreach (var rows in file.InvoicesAsync())
        {
            invoices.Add(rows);
        }

        return invoices;
    }

    private OrdersFile Write(string name, string rows)
    {
        var path = Path.Combine(_folder, name);
        using (Stream file = File.Create(path))
        using (
            var text = new StreamWriter(
                name.EndsWith(".gz", StringComparison.Ordinal)
                    ? new GZipStream(file, CompressionMode.Compress)
                    : file
            )
        )
        {
            text.Write(Header + rows);
        }

        return new OrdersFile(path);
    }
}
