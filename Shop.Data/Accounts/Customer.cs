namespace Shop.Data.Accounts;

/// <summary>A person who has an account; a member of staff is a customer with roles.</summary>
public sealed class Customer
{
    /// <summary>The most characters of <see cref="Name"/>.</summary>
    public const int MaxNameLength = 200;

    /// <summary>A Snowflake.</summary>
    public CustomerId Id { get; private init; }

    /// <summary>As its owner wrote it.</summary>
    public string Email { get; private init; } = "";

    /// <summary><see cref="EmailAddress.NormalForm"/> of it; unique.</summary>
    public string EmailKey { get; private init; } = "";

    /// <summary>What they want to be called.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The name in small letters, to be searched; PostgreSQL keeps it.</summary>
    public string NameKey { get; private init; } = "";

    /// <summary>What ASP.NET Core's hasher makes of the password: algorithm, rounds, salt and hash in one text.</summary>
    public string PasswordHash { get; private init; } = "";

    /// <summary>What they may do as staff; empty for those who only buy.</summary>
    public StaffRole[] Roles { get; private init; } = [];

    /// <summary>The groups of customers that they are in, sorted; by them some pay other prices.</summary>
    public string[] Groups { get; private init; } = [];

    /// <summary>Where they pay no tax; null where they do everywhere.</summary>
    public TaxExemption? TaxExemption { get; private init; }

    /// <summary>1 at first, and one more with each change of what its owner sees.</summary>
    public int Version { get; private init; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; private init; }
}
