using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Shop.Data.Storage;

/// <summary>Holds settings to the ranges that their attributes give; one that is outside is named as an operator writes it.</summary>
/// <param name="section">Where they stand, such as <c>Orders</c>.</param>
internal sealed class SettingRanges<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(Told));
    }

    private string Told(ValidationResult fault) =>
        $"{section}:{fault.MemberNames.FirstOrDefault()} will not do. {fault.ErrorMessage}";
}
