using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class ImportColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "left_out", schema: "catalog", table: "import");

            migrationBuilder.AlterColumn<long>(
                name: "units_sold",
                schema: "catalog",
                table: "import_row",
                type: "bigint",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "bigint"
            );

            migrationBuilder.AddColumn<string>(
                name: "brand",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "category",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "description",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "option",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "option_value",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "stock",
                schema: "catalog",
                table: "import_row",
                type: "integer",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "tags",
                schema: "catalog",
                table: "import_row",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string[]>(
                name: "columns_not_read",
                schema: "catalog",
                table: "import",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "brand", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "category", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "description", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "option", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "option_value", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "stock", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "tags", schema: "catalog", table: "import_row");

            migrationBuilder.DropColumn(name: "columns_not_read", schema: "catalog", table: "import");

            migrationBuilder.AlterColumn<long>(
                name: "units_sold",
                schema: "catalog",
                table: "import_row",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true
            );

            migrationBuilder.AddColumn<int[]>(
                name: "left_out",
                schema: "catalog",
                table: "import",
                type: "integer[]",
                nullable: false,
                defaultValue: new int[0]
            );
        }
    }
}
