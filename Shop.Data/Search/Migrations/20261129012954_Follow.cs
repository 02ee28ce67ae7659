using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Search.Migrations
{
    /// <inheritdoc />
    public partial class Follow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "options",
                schema: "search",
                table: "sku",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]"
            );

            migrationBuilder.AddColumn<int>(
                name: "position",
                schema: "search",
                table: "sku",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.CreateTable(
                name: "change",
                schema: "search",
                columns: table => new
                {
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    products = table.Column<long[]>(type: "bigint[]", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change", x => x.revision);
                }
            );

            // What is there has no options yet: it is read once more.
            migrationBuilder.Sql("update search.clock set filled_to = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "change", schema: "search");

            migrationBuilder.DropColumn(name: "options", schema: "search", table: "sku");

            migrationBuilder.DropColumn(name: "position", schema: "search", table: "sku");
        }
    }
}
