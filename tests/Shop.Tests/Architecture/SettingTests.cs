using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Shop.Tests.Architecture;

/// <summary>docs/settings.md is what an operator has; an option that is not in it might as well not be.</summary>
public sealed class SettingTests
{
    [Fact]
    public void Every_setting_and_its_default_are_written_down()
    {
        var told = Papers.Rows("docs/settings.md").Select(row => $"{row[0].Trim('`')} = {row[1]}");

        Offences.None(Settings().Except(told));
    }

    private static IEnumerable<string> Settings() =>
        from type in Context.Types(Context.Data, Context.Jobs, Context.Graph)
        let section = type.GetField("Section", BindingFlags.Static | BindingFlags.Public)
        where section is { IsLiteral: true }
        let defaults = Activator.CreateInstance(type)
        from property in type.GetProperties()
        where property.CanWrite
        select $"{section.GetRawConstantValue()}:{property.Name} = {Text(property.GetValue(defaults))}";

    private static string? Text(object? value) =>
        value is bool flag ? (flag ? "true" : "false")
        : value is IEnumerable list and not string ? string.Join(", ", list.Cast<object>())
        : Convert.ToString(value, CultureInfo.InvariantCulture);
}
