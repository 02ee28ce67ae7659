using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Shop.GraphQL.Engine.Access;

/// <summary>
/// Who asks, as the operation's loaders and resolvers see it: a guest, a customer, or, on the schema of staff, a customer who
/// is staff. On that of shoppers a member of staff is a customer like any other: what is public there reads the same for all,
/// is kept for all, and no page that staff opens in the shop shows what is other customers'. Scoped: one for each operation,
/// and for each event of a subscription.
/// </summary>
internal sealed class Asker
{
    private static readonly FrozenDictionary<string, StaffRole> _byName = Enum.GetValues<StaffRole>()
        .ToFrozenDictionary(role => role.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The claim that names a group of customers.</summary>
    public const string GroupClaim = "group";

    /// <summary>The claim that says where a customer pays no tax.</summary>
    public const string TaxExemptionClaim = "tax_exemption";

    private readonly HashSet<StaffRole> _roles = [];

    /// <summary>Who it is; null for a guest.</summary>
    public CustomerId? Customer { get; private set; }

    /// <summary>Number of the session that their credential is of; null for a guest.</summary>
    public long? Session { get; private set; }

    /// <summary>The groups of customers that they are in, by which some pay other prices; none for a guest.</summary>
    public IReadOnlyList<string> Groups { get; private set; } = [];

    /// <summary>Where they pay no tax; null for a guest, and for those who do everywhere.</summary>
    public TaxExemption? TaxExemption { get; private set; }

    /// <summary>How prices become prices of the currency that they have named; null for the shop's own.</summary>
    public Conversion? Conversion { get; set; }

    /// <summary>Where they are; null where the transport does not tell.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>A client as its credential proves it; a guest where there is none.</summary>
    public static Asker Of(ClaimsPrincipal? user, Audience audience)
    {
        var asker = new Asker();
        asker.Be(user, audience);
        return asker;
    }

    /// <summary>Whether a client is in a group of customers: then what reads the same for all may read otherwise for them.</summary>
    public static bool IsInGroup(ClaimsPrincipal? user) => user?.HasClaim(IsGroup) == true;

    /// <summary>Whether they have any role of staff.</summary>
    public bool IsStaff => _roles.Count > 0;

    /// <summary>Whether they have a role of staff; an admin has each.</summary>
    public bool May(StaffRole role) => _roles.Contains(role) || _roles.Contains(StaffRole.Admin);

    /// <summary>It is this one who asks, of this schema: the name of their identity is the customer's number, its roles are staff's.</summary>
    public void Be(ClaimsPrincipal? user, Audience audience)
    {
        _roles.Clear();
        var identity = user?.Identity as ClaimsIdentity;
        Customer = Number(identity?.Name) is { } id ? new CustomerId(id) : null;
        Session = Number(identity?.FindFirst(JwtRegisteredClaimNames.Sid)?.Value);
        Groups = Customer is null ? [] : [.. identity!.FindAll(GroupClaim).Select(claim => claim.Value)];
        TaxExemption = Customer is null
            ? null
            : TaxExemption.Read(identity!.FindFirst(TaxExemptionClaim)?.Value);
        if (Customer is null || audience != Audience.Staff)
        {
            return;
        }

        foreach (var claim in identity!.FindAll(identity.RoleClaimType))
        {
            // By its name alone: the enum's own parser takes numbers as well.
            if (_byName.TryGetValue(claim.Value, out var role))
            {
                _roles.Add(role);
            }
        }
    }

    /// <summary>They have proved just now who they are: what is left of the operation is asked on their behalf, without roles.</summary>
    public void Become(CustomerId customer)
    {
        _roles.Clear();
        (Customer, Session, Groups, TaxExemption) = (customer, null, [], null);
    }

    private static bool IsGroup(Claim claim) => claim.Type == GroupClaim;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
