using System.Globalization;

namespace Shop.Data.Search.Words;

/// <summary>A word as it is searched for: folded, and cut where its parts are words of their own.</summary>
/// <param name="Parts">
/// <c>t, light</c> of T-Light, <c>3.5, mm</c> of 3.5mm; the signs of a run of Chinese, Japanese or Korean, one by one. They stay
/// side by side.
/// </param>
/// <param name="IsSigns">Whether it is such a run.</param>
internal sealed record SearchWord(IReadOnlyList<string> Parts, bool IsSigns)
{
    /// <summary>Whether it may be a code: it has a digit.</summary>
    public bool MayBeCode =>
        Parts.Any(part => part.Any(letter => CharUnicodeInfo.GetDecimalDigitValue(letter) >= 0));

    /// <summary>As a code is written down: see <see cref="SearchText.CodeOf"/>.</summary>
    public string Code => SearchText.CodeOf([this]);

    /// <summary>What of a run is looked for: its pairs, which overlap; a single sign by itself.</summary>
    public IEnumerable<string> Pairs =>
        Parts.Count == 1 ? Parts : Parts.Zip(Parts.Skip(1), (left, right) => left + right);
}
