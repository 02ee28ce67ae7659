using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Transport.Ide;

/// <summary>The GraphQL IDE that browsers get; section <c>Ide</c>.</summary>
internal sealed class IdeOptions
{
    public const string Section = "Ide";

    /// <summary>
    /// Whether browsers get it; default yes. Off for a shop whose schema is not for the public: a browser is then
    /// answered like any other client.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where npm put it: absolute, or from the content root. It may come later than the shop starts.</summary>
    [Required]
    public string Folder { get; init; } = "Transport/Ide/node_modules/@chillicream/bananacakepop-graphql-ide";
}
