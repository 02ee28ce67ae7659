using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Accounts.Migrations
{
    /// <inheritdoc />
    public partial class Groups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "groups",
                schema: "accounts",
                table: "customer",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "groups", schema: "accounts", table: "customer");
        }
    }
}
