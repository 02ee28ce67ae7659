namespace Shop.Data.Accounts;

/// <summary>Every way a change of an account can end. All but <see cref="Done"/> changed nothing.</summary>
public abstract record CustomerResult
{
    private CustomerResult() { }

    /// <summary>It is as was asked for, now or before.</summary>
    public sealed record Done : CustomerResult
    {
        /// <summary>The address that was saved; only <see cref="SaveAddress"/> says it.</summary>
        public CustomerAddressId? Address { get; init; }
    }

    /// <summary>There is no such customer.</summary>
    public sealed record NotFound : CustomerResult;

    /// <summary>The customer is not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : CustomerResult;

    /// <summary>There is no such address in the customer's book.</summary>
    public sealed record AddressNotFound : CustomerResult;

    /// <summary>There would be more than <see cref="CustomerAddress.MaxPerCustomer"/>.</summary>
    public sealed record TooManyAddresses : CustomerResult;

    /// <summary>The old password is another one.</summary>
    public sealed record WrongPassword : CustomerResult;

    /// <summary>Too many wrong passwords, or too many that wait to be compared.</summary>
    public sealed record Throttled(DateTimeOffset PollAfter) : CustomerResult;

    /// <summary>An admin cannot give up that role: the last one could.</summary>
    public sealed record OwnAdminRole : CustomerResult;
}
