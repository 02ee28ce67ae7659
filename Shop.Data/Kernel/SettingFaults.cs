using Microsoft.Extensions.Options;

namespace Shop.Data.Kernel;

/// <summary>Tells an operator which settings will not do, instead of a stack.</summary>
public static class SettingFaults
{
    /// <summary>What is wrong with settings, in a line for each; null where it is something else that has failed.</summary>
    public static string? Told(Exception fault) =>
        fault switch
        {
            OptionsValidationException refused => string.Join('\n', refused.Failures),
            AggregateException several when several.InnerExceptions.All(each => Told(each) is not null) =>
                string.Join('\n', several.InnerExceptions.Select(Told)),
            // Of the binder, which quotes the value, its name and what it has to be.
            InvalidOperationException { InnerException: FormatException or ArgumentException } =>
                fault.Message,
            // Of a file that a setting names.
            InvalidDataException => fault.Message,
            _ => null,
        };
}
