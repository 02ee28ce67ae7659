using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class LeanTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_stock_movement",
                schema: "inventory",
                table: "stock_movement"
            );

            migrationBuilder.DropIndex(
                name: "ix_stock_movement_variant_id_id",
                schema: "inventory",
                table: "stock_movement"
            );

            migrationBuilder.DropIndex(
                name: "ix_local_message_id",
                schema: "inventory",
                table: "local_message"
            );

            migrationBuilder.DropIndex(
                name: "ix_local_message_updated_at",
                schema: "inventory",
                table: "local_message"
            );

            migrationBuilder.DropIndex(name: "ix_inbox_taken_at", schema: "inventory", table: "inbox");

            migrationBuilder
                .AlterTable(name: "local_message", schema: "inventory")
                .Annotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder.AddPrimaryKey(
                name: "pk_stock_movement",
                schema: "inventory",
                table: "stock_movement",
                columns: new[] { "variant_id", "id" }
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_local_message_created_at",
                    schema: "inventory",
                    table: "local_message",
                    column: "created_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_local_message_id",
                schema: "inventory",
                table: "local_message",
                column: "id",
                filter: "status = 0"
            );

            migrationBuilder
                .CreateIndex(
                    name: "ix_inbox_taken_at",
                    schema: "inventory",
                    table: "inbox",
                    column: "taken_at"
                )
                .Annotation("Npgsql:IndexMethod", "brin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_stock_movement",
                schema: "inventory",
                table: "stock_movement"
            );

            migrationBuilder.DropIndex(
                name: "ix_local_message_created_at",
                schema: "inventory",
                table: "local_message"
            );

            migrationBuilder.DropIndex(
                name: "ix_local_message_id",
                schema: "inventory",
                table: "local_message"
            );

            migrationBuilder.DropIndex(name: "ix_inbox_taken_at", schema: "inventory", table: "inbox");

            migrationBuilder
                .AlterTable(name: "local_message", schema: "inventory")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 60);

            migrationBuilder.AddPrimaryKey(
                name: "pk_stock_movement",
                schema: "inventory",
                table: "stock_movement",
                column: "id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_stock_movement_variant_id_id",
                schema: "inventory",
                table: "stock_movement",
                columns: new[] { "variant_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_id",
                schema: "inventory",
                table: "local_message",
                column: "id",
                filter: "status <> 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_local_message_updated_at",
                schema: "inventory",
                table: "local_message",
                column: "updated_at",
                filter: "status = 2"
            );

            migrationBuilder.CreateIndex(
                name: "ix_inbox_taken_at",
                schema: "inventory",
                table: "inbox",
                column: "taken_at"
            );
        }
    }
}
