using System.IO.Compression;
using System.Text;
using Shop.Data.Catalog.Import;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>What becomes of a file some rows of which cannot be saved.</summary>
public sealed class ImportPolicyTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task One_row_that_cannot_be_saved_refuses_the_whole_file()
    {
        var import = await _desk.ImportAsync(
            ImportDesk.Header + "RA1,RA1,BOWL,1.00,,\nRA2,RA2,PLATE,dear,,\nRA3,RA3,CUP,1.00,,\n",
            ImportErrorPolicy.RefuseAll
        );

        Assert.Equal(ImportStatus.Refused, import.Status);
        Assert.Equal((3, 0, 1), (import.RowsRead, import.RowsSaved, import.RowsFailed));
        Assert.Empty(await _desk.SkusAsync("RA"));
        Assert.Equal(
            ["3 InvalidValue list_price_gbp: list_price_gbp \"dear\" is no price such as 12.90"],
            await _desk.ErrorsAsync(import.Id)
        );
    }

    [Fact]
    public async Task A_row_that_is_wrong_only_beside_others_refuses_the_whole_file_too()
    {
        await _desk.ImportAsync(ImportDesk.Header + "RB1,RB,BOWL,1.00,,\n", ImportErrorPolicy.RefuseAll);

        var import = await _desk.ImportAsync(
            ImportDesk.Header
                + "RB2,RB2,CUP,1.00,,\nRB3,RB3,PLATE,1.00,,\nRB1,OTHER,BOWL,2.00,,\nRB3,X,POT,1.00,,\n",
            ImportErrorPolicy.RefuseAll
        );

        Assert.Equal(ImportStatus.Refused, import.Status);
        Assert.Equal(["RB1"], await _desk.SkusAsync("RB"));
        Assert.Equal(
            [
                "4 SkuOfAnotherProduct sku: the SKU RB1 belongs to the product RB",
                "5 DuplicateSku sku: the SKU RB3 stands on line 3 already",
            ],
            await _desk.ErrorsAsync(import.Id)
        );
    }

    [Fact]
    public async Task Rows_that_cannot_be_saved_are_left_out_and_told_where_that_is_asked_for()
    {
        var import = await _desk.ImportAsync(
            ImportDesk.Header
                + "RC1,RC1,BOWL,1.00,,\nRC2,RC2,PLATE,1.00,,soon\nRC1,RC4,CUP,1.00,,\n,RC5,JUG,1.00,,\n",
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal(ImportStatus.Done, import.Status);
        Assert.Equal(1, import.Progress);
        Assert.Equal((4, 1, 3), (import.RowsRead, import.RowsSaved, import.RowsFailed));
        Assert.Equal(["RC1"], await _desk.SkusAsync("RC"));
        Assert.Equal(
            [
                "3 InvalidValue first_sold_on: first_sold_on \"soon\" is no day such as 2010-12-01",
                "4 DuplicateSku sku: the SKU RC1 stands on line 2 already",
                "5 Missing sku: sku has to have 1 to 64 characters",
            ],
            await _desk.ErrorsAsync(import.Id)
        );
    }

    [Fact]
    public async Task What_stands_before_the_first_error_stays_where_that_is_asked_for()
    {
        var import = await _desk.ImportAsync(
            ImportDesk.Header + "RD1,RD1,BOWL,1.00,,\nRD2,RD2,PLATE,dear,,\nRD3,RD3,CUP,1.00,,\n",
            ImportErrorPolicy.StopAtFirst
        );

        Assert.Equal(ImportStatus.Stopped, import.Status);
        Assert.Equal(["RD1"], await _desk.SkusAsync("RD"));
        Assert.Single(await _desk.ErrorsAsync(import.Id));
    }

    [Fact]
    public async Task An_error_that_shows_only_beside_other_rows_can_be_the_first()
    {
        var import = await _desk.ImportAsync(
            ImportDesk.Header
                + "RE1,RE1,BOWL,1.00,,\nRE1,RE2,PLATE,1.00,,\nRE3,RE3,CUP,1.00,,\nRE4,RE4,JUG,dear,,\n",
            ImportErrorPolicy.StopAtFirst
        );

        Assert.Equal((ImportStatus.Stopped, 1), (import.Status, import.RowsFailed));
        Assert.Equal(["RE1"], await _desk.SkusAsync("RE"));
        Assert.StartsWith("3 DuplicateSku", Assert.Single(await _desk.ErrorsAsync(import.Id)));
    }

    [Theory]
    [InlineData(ImportErrorPolicy.RefuseAll)]
    [InlineData(ImportErrorPolicy.RefuseFailedRows)]
    [InlineData(ImportErrorPolicy.StopAtFirst)]
    public async Task A_file_of_other_columns_is_refused_with_one_error_whatever_is_asked_for(
        ImportErrorPolicy policy
    )
    {
        var import = await _desk.ImportAsync("sku,name,list_price_gbp\nRF1,BOWL,1.00\n", policy);

        Assert.Equal((ImportStatus.Refused, 0), (import.Status, import.RowsRead));
        Assert.Equal(["1 Header title: there is no column title"], await _desk.ErrorsAsync(import.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public async Task A_file_of_nothing_is_refused(string nothing)
    {
        var import = await _desk.ImportAsync(nothing, ImportErrorPolicy.RefuseFailedRows);

        Assert.Equal(ImportStatus.Refused, import.Status);
        Assert.StartsWith("1 Header", Assert.Single(await _desk.ErrorsAsync(import.Id)));
    }

    [Fact]
    public async Task Carriage_returns_empty_lines_and_quotes_are_read_as_people_write_them()
    {
        var import = await _desk.ImportAsync(
            "\uFEFF\"SKU\",title,list_price_gbp\r\n\r\nRG1,\"BOWL, \"\"LARGE\"\"\",1.00\r\n\r\nRG2,CUP,2.00",
            ImportErrorPolicy.RefuseAll
        );

        Assert.Equal((ImportStatus.Done, 2), (import.Status, import.RowsRead));
        Assert.Equal(["RG1", "RG2"], await _desk.SkusAsync("RG"));
    }

    [Fact]
    public async Task A_compressed_file_that_is_cut_off_is_read_as_far_as_it_goes()
    {
        var whole = Gzip(ImportDesk.Vases("RH", 20_000));
        var id = await _desk.StartAsync(
            await _desk.SendAsync(whole[..(whole.Length / 2)]),
            ImportErrorPolicy.RefuseAll
        );
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());

        Assert.Equal(ImportStatus.Refused, (await _desk.FindAsync(id)).Status);
        Assert.Contains("BrokenOff", Assert.Single(await _desk.ErrorsAsync(id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_kilobytes_that_unfold_to_one_endless_line_are_given_up()
    {
        var bomb = Gzip(ImportDesk.Header + new string(',', 50_000_000));
        var id = await _desk.StartAsync(await _desk.SendAsync(bomb), ImportErrorPolicy.RefuseFailedRows);
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());

        Assert.Equal(ImportStatus.Refused, (await _desk.FindAsync(id)).Status);
        Assert.Contains("1024 KiB", Assert.Single(await _desk.ErrorsAsync(id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_that_is_wrong_all_over_all_is_counted_and_ten_thousand_errors_are_kept()
    {
        var file = ImportDesk.Vases("RI", 10_100).Replace("1.00", "dear", StringComparison.Ordinal);

        var import = await _desk.ImportAsync(file, ImportErrorPolicy.RefuseFailedRows);

        Assert.Equal((ImportStatus.Refused, 10_100), (import.Status, import.RowsFailed));
        Assert.Equal(10_000, (await _desk.ErrorsAsync(import.Id)).Count);
    }

    [Fact]
    public async Task A_character_that_cannot_be_stored_costs_its_row()
    {
        var import = await _desk.ImportAsync(
            ImportDesk.Header + "RJ1,RJ1,BO\0WL,1.00,,\nRJ2,RJ2,CUP,1.00,,\n",
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal((ImportStatus.Done, 1), (import.Status, import.RowsFailed));
        Assert.Equal(["RJ2"], await _desk.SkusAsync("RJ"));
    }

    private static byte[] Gzip(string text)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return file.ToArray();
    }
}
