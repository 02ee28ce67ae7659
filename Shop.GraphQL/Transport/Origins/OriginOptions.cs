using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Transport.Origins;

/// <summary>Whose pages may ask the shop from a browser; section <c>Http</c>.</summary>
internal sealed class OriginOptions : IValidatableObject
{
    public const string Section = "Http";

    /// <summary>
    /// Origins as browsers send them, such as <c>https://shop.example</c>; <c>*</c> as the port is any port. Empty by default:
    /// only pages that come from the shop's own address may ask. A shop with stores of its own, which is a developer's, lets
    /// in the pages of this machine.
    /// </summary>
    [MaxLength(100)]
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from origin in Origins
        where !Origin.TryParse(origin, out _)
        select new ValidationResult(
            $"{Section}:{nameof(Origins)} has «{origin}»; an origin is scheme, host and port alone, "
                + "such as https://shop.example or http://localhost:*."
        );
}
