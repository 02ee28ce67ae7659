using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Search.Migrations
{
    /// <inheritdoc />
    public partial class Synonyms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "synonyms_at",
                schema: "search",
                table: "clock",
                type: "bigint",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.CreateTable(
                name: "synonym",
                schema: "search",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    words = table.Column<string[]>(type: "text[]", nullable: false),
                    is_one_way = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_synonym", x => x.id);
                }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "synonym", schema: "search");

            migrationBuilder.DropColumn(name: "synonyms_at", schema: "search", table: "clock");
        }
    }
}
