using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using Shop.Data.Accounts;
using Shop.Data.Kernel;

namespace Shop.GraphQL.Schema.Access;

/// <summary>
/// Who asks, as the operation's loaders and resolvers see it: a guest, a customer, or a customer who is staff. Scoped: one
/// for each operation, and for each event of a subscription.
/// </summary>
internal sealed class Asker
{
    /// <summary>The claim that names the customer.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>The claim, one for each, that names a role of staff.</summary>
    public const string RoleClaim = "role";

    private static readonly FrozenDictionary<string, StaffRole> _byName = Enum.GetValues<StaffRole>()
        .ToFrozenDictionary(role => role.ToString(), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<StaffRole> _roles = [];

    /// <summary>Who it is; null for a guest.</summary>
    public CustomerId? Customer { get; private set; }

    /// <summary>Of whose schema they ask.</summary>
    public Audience Audience { get; private set; } = Audience.Shoppers;

    /// <summary>Somebody as a credential has proved them; a guest where there is none.</summary>
    public static Asker Of(ClaimsPrincipal? user)
    {
        var asker = new Asker();
        asker.Be(user);
        return asker;
    }

    /// <summary>Whether they have a role of staff; an admin has each.</summary>
    public bool May(StaffRole role) => _roles.Contains(role) || _roles.Contains(StaffRole.Admin);

    /// <summary>
    /// Whether they have a role and ask on the schema of staff. On that of shoppers they are shoppers: what is public there
    /// reads the same for all, and is kept for all.
    /// </summary>
    public bool WorksAs(StaffRole role) => Audience == Audience.Staff && May(role);

    /// <summary>It is this one who asks, of this schema.</summary>
    public void Be(ClaimsPrincipal? user, Audience audience = Audience.Shoppers)
    {
        Audience = audience;
        _roles.Clear();
        Customer = long.TryParse(
            user?.FindFirst(SubjectClaim)?.Value,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        )
            ? new CustomerId(id)
            : null;
        if (Customer is null)
        {
            return;
        }

        foreach (var claim in user!.FindAll(RoleClaim))
        {
            // By its name alone: the enum's own parser takes numbers as well.
            if (_byName.TryGetValue(claim.Value, out var role))
            {
                _roles.Add(role);
            }
        }
    }
}
