using System.Collections.ObjectModel;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>How much a client puts into its variables, as the transport reads them.</summary>
internal static class VariableSize
{
    /// <summary>Values of all variables, lists and objects counted with what is in them.</summary>
    public static int Of(IReadOnlyDictionary<string, object?>? variables)
    {
        var count = 0;
        foreach (var (_, value) in variables ?? ReadOnlyDictionary<string, object?>.Empty)
        {
            count += OfValue(value);
        }

        return count;
    }

    private static int OfValue(object? value)
    {
        var count = 1;
        switch (value)
        {
            case Dictionary<string, object?> members:
                foreach (var (_, member) in members)
                {
                    count += OfValue(member);
                }

                break;
            case List<object?> items:
                foreach (var item in items)
                {
                    count += OfValue(item);
                }

                break;
        }

        return count;
    }
}
