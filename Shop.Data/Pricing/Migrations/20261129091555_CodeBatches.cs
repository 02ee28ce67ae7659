using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Data.Pricing.Migrations
{
    /// <inheritdoc />
    public partial class CodeBatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "code_batch",
                schema: "pricing",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    promotion_id = table.Column<long>(type: "bigint", nullable: false),
                    prefix = table.Column<string>(
                        type: "character varying(28)",
                        maxLength: 28,
                        nullable: false
                    ),
                    wanted = table.Column<int>(type: "integer", nullable: false),
                    made = table.Column<int>(type: "integer", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    finished_at = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: true
                    ),
                    version = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_code_batch", x => x.id);
                    table.CheckConstraint(
                        "ck_code_batch_made",
                        "made <= wanted and (made < wanted or finished_at is not null)"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_code_batch_id",
                schema: "pricing",
                table: "code_batch",
                column: "id",
                filter: "finished_at is null"
            );

            migrationBuilder.CreateIndex(
                name: "ix_code_batch_promotion_id_id",
                schema: "pricing",
                table: "code_batch",
                columns: new[] { "promotion_id", "id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "code_batch", schema: "pricing");
        }
    }
}
