namespace Shop.Tests.Architecture;

/// <summary>Says every offence in full; the test library's own message cuts each after fifty letters.</summary>
internal static class Offences
{
    public static void None(IEnumerable<string?> offences)
    {
        var found = offences.Distinct().Order().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
