using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;

namespace Shop.Data.Storage;

/// <summary>
/// SQL with its parameters where they stand: <c>$"… where id = {Sql.Value(id)}"</c>. They are numbered from left to right, and
/// one that stands twice keeps its number, so that a statement has the same text each time and is prepared once. Another
/// <see cref="SqlText"/> may be a part of it, but no string: what is SQL says so, by <see cref="Sql.Raw"/>.
/// </summary>
[InterpolatedStringHandler]
internal sealed class SqlText(int literalLength, int formattedCount)
{
    private readonly List<object> _parts = new(2 * formattedCount + 1);

    public void AppendLiteral(string sql) => _parts.Add(sql);

    public void AppendFormatted(NpgsqlParameter parameter) => _parts.Add(parameter);

    public void AppendFormatted(SqlText part) => _parts.AddRange(part._parts);

    public void AppendFormatted(int constant) => _parts.Add(constant.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text, its parameters as <c>$1</c>, <c>$2</c>…</summary>
    /// <param name="parameters">Gets them, in that order.</param>
    public string Bind(NpgsqlParameterCollection parameters)
    {
        var text = new StringBuilder(2 * literalLength);
        foreach (var part in _parts)
        {
            if (part is not NpgsqlParameter parameter)
            {
                text.Append((string)part);
                continue;
            }

            var index = parameters.IndexOf(parameter);
            if (index < 0)
            {
                index = parameters.Count;
                parameters.Add(parameter);
            }

            text.Append(CultureInfo.InvariantCulture, $"${index + 1}");
        }

        return text.ToString();
    }
}
