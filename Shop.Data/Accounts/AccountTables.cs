using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Accounts;

internal sealed class CustomerTable : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> table)
    {
        table.ToTable("customer");
        table.Property(customer => customer.Id).ValueGeneratedNever();
        table.Property(customer => customer.Roles).HasColumnType("smallint[]");
        table.Property(customer => customer.Groups).HasDefaultValueSql("'{}'");
        table
            .Property(customer => customer.TaxExemption)
            .HasConversion(exemption => exemption!.Text, text => TaxExemption.Read(text));
        table.Property(customer => customer.NameKey).HasComputedColumnSql("lower(name)", stored: true);
        // One account for an e-mail. Serves signing in, and staff's search for the beginning of an e-mail.
        table.HasIndex(customer => customer.EmailKey).IsUnique().HasOperators("text_pattern_ops");
        // Serves staff's search for the beginning of a name.
        table.HasIndex(customer => customer.NameKey).HasOperators("text_pattern_ops");
    }
}

internal sealed class CustomerAddressTable : IEntityTypeConfiguration<CustomerAddress>
{
    public void Configure(EntityTypeBuilder<CustomerAddress> table)
    {
        table.ToTable("customer_address");
        table.Property(address => address.Id).ValueGeneratedNever();
        table.ComplexProperty(
            address => address.Address,
            text =>
            {
                text.Property(address => address.Name).HasColumnName("name");
                text.Property(address => address.Line1).HasColumnName("line1");
                text.Property(address => address.Line2).HasColumnName("line2");
                text.Property(address => address.City).HasColumnName("city");
                text.Property(address => address.Region).HasColumnName("region");
                text.Property(address => address.PostalCode).HasColumnName("postal_code");
                text.Property(address => address.CountryCode).HasColumnName("country_code");
            }
        );
        table.HasOne<Customer>().WithMany().HasForeignKey(address => address.CustomerId);
        // Serves the address book, in its order.
        table.HasIndex(address => new { address.CustomerId, address.Id });
        // Whatever the code does, a second default does not commit.
        table
            .HasIndex(address => address.CustomerId, "ix_customer_address_default")
            .IsUnique()
            .HasFilter("is_default");
    }
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> table)
    {
        table.ToTable("session");
        table.Property(session => session.Id).ValueGeneratedNever();
        table.HasOne<Customer>().WithMany().HasForeignKey(session => session.CustomerId);
        // Serves "which sessions end when the password changes".
        table.HasIndex(session => session.CustomerId);
        // Serves "which sessions can be forgotten".
        table.HasIndex(session => session.ExpiresAt);
    }
}

internal sealed class RefreshTokenTable : IEntityTypeConfiguration<RefreshTokenRow>
{
    public void Configure(EntityTypeBuilder<RefreshTokenRow> table)
    {
        table.ToTable("refresh_token");
        table.HasKey(token => token.Hash);
        table.HasOne<Session>().WithMany().HasForeignKey(token => token.SessionId);
        // Serves the end of a session.
        table.HasIndex(token => token.SessionId);
        // Serves "which tokens of a long session can be forgotten".
        table.HasIndex(token => token.IssuedAt);
    }
}

internal sealed class SigningKeyTable : IEntityTypeConfiguration<SigningKeyRow>
{
    // A handful of rows: no index but the key is of use.
    public void Configure(EntityTypeBuilder<SigningKeyRow> table) => table.ToTable("signing_key");
}
