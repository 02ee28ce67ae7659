using Shop.Data.Accounts;

namespace Shop.GraphQL.Accounts;

/// <summary>What customers change of themselves, and admins of customers.</summary>
internal sealed class CustomerMutations(
    UpdateCustomer updateCustomer,
    ChangePassword changePassword,
    SaveAddress saveAddress,
    RemoveAddress removeAddress,
    SetCustomerRoles setCustomerRoles,
    SetCustomerGroups setCustomerGroups,
    SetTaxExemption setTaxExemption,
    Asker asker
)
{
    /// <summary>Changes what a customer says of themselves.</summary>
    /// <param name="input">What.</param>
    /// <param name="cancel">Ends the wait.</param>
    [SignedIn]
    public async Task<CustomerPayload> ViewerUpdateAsync(ViewerUpdateInput input, CancellationToken cancel)
    {
        var faults = AccountFaults.OfName(input.Name).ToList();
        var self = asker.Customer!.Value;
        return faults.Count > 0
            ? CustomerPayload.Refused(faults)
            : CustomerPayload.Of(
                await updateCustomer.RunAsync(new(self, input.Name, input.IfVersion), cancel),
                self
            );
    }

    /// <summary>Changes the password, and ends all other sessions: a thief of the old one is out.</summary>
    /// <param name="input">The old and the new one.</param>
    /// <param name="cancel">Ends the wait.</param>
    [SignedIn]
    public async Task<CustomerPayload> PasswordChangeAsync(
        PasswordChangeInput input,
        CancellationToken cancel
    )
    {
        var faults = AccountFaults.OfPassword(input.NewPassword, "newPassword").ToList();
        var self = asker.Customer!.Value;
        SessionId? session = asker.Session is { } number ? new(number) : null;
        return faults.Count > 0
            ? CustomerPayload.Refused(faults)
            : CustomerPayload.Of(
                await changePassword.RunAsync(
                    new(self, session, input.OldPassword, input.NewPassword, asker.Address),
                    cancel
                ),
                self
            );
    }

    /// <summary>
    /// Adds to the address book, or changes an entry of it. An address that stands in it already is not added a second time.
    /// </summary>
    /// <param name="input">Which, and what it says.</param>
    /// <param name="cancel">Ends the wait.</param>
    [SignedIn]
    public async Task<AddressPayload> AddressSaveAsync(AddressSaveInput input, CancellationToken cancel)
    {
        var faults = input.Address.Faults("address").ToList();
        var self = asker.Customer!.Value;
        return faults.Count > 0
            ? AddressPayload.Refused(faults)
            : AddressPayload.Of(await saveAddress.RunAsync(input.ToRequest(self), cancel), self);
    }

    /// <summary>Takes an entry out of the address book. Orders that went there keep their copy.</summary>
    /// <param name="input">Which.</param>
    /// <param name="cancel">Ends the wait.</param>
    [SignedIn]
    public async Task<AddressPayload> AddressRemoveAsync(AddressRemoveInput input, CancellationToken cancel)
    {
        var self = asker.Customer!.Value;
        return AddressPayload.Of(
            await removeAddress.RunAsync(new(self, input.AddressId, input.IfVersion), cancel),
            self
        );
    }

    /// <summary>
    /// Says what a customer may do as staff; it counts once they have a new access token, some minutes at most. Set twice is set
    /// once.
    /// </summary>
    /// <param name="input">Who, and what.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin)]
    public async Task<CustomerPayload> CustomerRolesSetAsync(
        CustomerRolesSetInput input,
        CancellationToken cancel
    ) =>
        CustomerPayload.Of(
            await setCustomerRoles.RunAsync(
                new(asker.Customer!.Value, input.CustomerId, input.Roles, input.IfVersion),
                cancel
            ),
            input.CustomerId
        );

    /// <summary>
    /// Says which groups a customer is in, by which price lists and promotions can ask; it counts once they have a new access token,
    /// some minutes at most. Set twice is set once.
    /// </summary>
    /// <param name="input">Who, and which groups.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Orders)]
    public async Task<CustomerPayload> CustomerGroupsSetAsync(
        CustomerGroupsSetInput input,
        CancellationToken cancel
    )
    {
        var faults = input.Faults().ToList();
        return faults.Count > 0
            ? CustomerPayload.Refused(faults)
            : CustomerPayload.Of(
                await setCustomerGroups.RunAsync(
                    new(
                        asker.Customer!.Value,
                        input.CustomerId,
                        CustomerGroup.NormalForms(input.Groups),
                        input.IfVersion
                    ),
                    cancel
                ),
                input.CustomerId
            );
    }

    /// <summary>
    /// Says that a customer is exempt from taxes, or is so no more. Whoever says it has seen the proof: no number is looked up. It counts
    /// once they have a new access token, some minutes at most; orders that were placed stay as they are. Set twice is set once.
    /// </summary>
    /// <param name="input">Who, and from what.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Orders)]
    public async Task<CustomerPayload> CustomerTaxExemptionSetAsync(
        CustomerTaxExemptionSetInput input,
        CancellationToken cancel
    )
    {
        var faults = input.Exemption?.Faults("exemption").ToList() ?? [];
        return faults.Count > 0
            ? CustomerPayload.Refused(faults)
            : CustomerPayload.Of(
                await setTaxExemption.RunAsync(
                    new(
                        asker.Customer!.Value,
                        input.CustomerId,
                        input.Exemption?.ToExemption(),
                        input.IfVersion
                    ),
                    cancel
                ),
                input.CustomerId
            );
    }
}
