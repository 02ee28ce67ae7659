using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Payments;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Refunds;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.Fixtures;

/// <summary>A shop with two accounts, each at a channel that answers what a test says. Jobs do not run by themselves.</summary>
public sealed class PaymentShop : IAsyncLifetime
{
    /// <summary>The account that tests use where one is enough.</summary>
    public const string Account = "main";

    public PaymentShop() =>
        Shop = new(
            services =>
            {
                services.RemoveAll<ChannelFactory>();
                foreach (var channel in new[] { Channel, Other })
                {
                    services.AddSingleton(new ChannelFactory(channel.Traits.Code, (_, _) => channel));
                }
            },
            ("Payments:Production", "false"),
            ("Payments:Accounts:main:Channel", nameof(PaymentChannelCode.Stripe)),
            ("Payments:Accounts:other:Channel", nameof(PaymentChannelCode.Alipay))
        );

    /// <summary>Everything else of the shop.</summary>
    public ShopFixture Shop { get; }

    /// <summary>The channel of account <see cref="Account"/>.</summary>
    public ScriptedChannel Channel { get; } = new(PaymentChannelCode.Stripe);

    /// <summary>The channel of account <c>other</c>.</summary>
    public ScriptedChannel Other { get; } = new(PaymentChannelCode.Alipay);

    public ValueTask InitializeAsync() => Shop.InitializeAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    /// <summary>An order that awaits payment for half an hour, as Orders would tell it.</summary>
    public OrderToPay Order(long minor = 1000, OrderId? id = null)
    {
        var now = Shop.Clock.GetUtcNow();
        return new(
            id ?? Shop.Get<NewId>().Next<OrderId>(),
            "Order S-7K2M-9QXT",
            new(minor, "GBP"),
            now.AddMinutes(30),
            now.AddMinutes(33)
        );
    }

    /// <summary>A try to pay, at the first channel or another, under a new key or another.</summary>
    public Task<BeginPaymentResult> BeginAsync(
        OrderToPay order,
        Guid? key = null,
        PaymentChannelCode channel = PaymentChannelCode.Stripe
    ) =>
        Shop.Get<BeginPayment>()
            .RunAsync(
                new(
                    key ?? Guid.CreateVersion7(),
                    order,
                    channel,
                    PaymentMethod.Web,
                    ReturnUrl: null,
                    PayerAddress: null,
                    OpenId: null,
                    Subjects: []
                ),
                CancellationToken.None
            );

    /// <summary>The same, which the channel has answered.</summary>
    public async Task<Payment> BegunAsync(
        OrderToPay? order = null,
        PaymentChannelCode channel = PaymentChannelCode.Stripe
    )
    {
        var result = await BeginAsync(order ?? Order(), channel: channel);
        return await PaymentAsync(Assert.IsType<BeginPaymentResult.Begun>(result).Payment);
    }

    /// <summary>A payment that the customer has made, and of which the shop knows.</summary>
    public async Task<Payment> PaidAsync(OrderToPay? order = null)
    {
        var payment = await BegunAsync(order);
        Channel.Pay(payment);
        return await CheckedAsync(payment);
    }

    /// <summary>The same, after its channel was asked.</summary>
    public async Task<Payment> CheckedAsync(Payment payment)
    {
        await Shop.Get<CheckPayment>().RunAsync(payment.Id, CancellationToken.None);
        return await PaymentAsync(payment.Id);
    }

    /// <summary>A part of a payment that went back, at the wish of staff.</summary>
    public async Task<Refund> RefundedAsync(Payment payment, long minor)
    {
        var result = await Shop.Get<RefundPayment>()
            .RunAsync(
                new(
                    Guid.CreateVersion7(),
                    payment.Id,
                    minor,
                    RefundReason.Goodwill,
                    Note: null,
                    GoodsBack: false,
                    IfVersion: null,
                    Shop.Get<NewId>().Next<CustomerId>()
                ),
                CancellationToken.None
            );
        Assert.IsType<PaymentChangeResult.Done>(result);
        await SendRefundsAsync();
        return (await RefundsAsync(payment))[^1];
    }

    /// <summary>Brings refunds to their channels, and asks about them, until none is due.</summary>
    public async Task SendRefundsAsync()
    {
        while (await Shop.Get<SendRefunds>().RunAsync(CancellationToken.None) > 0) { }
    }

    /// <summary>Asks channels about payments until none is due.</summary>
    public async Task CheckPaymentsAsync()
    {
        while (await Shop.Get<CheckPayments>().RunAsync(CancellationToken.None) > 0) { }
    }

    public async Task<Payment> PaymentAsync(PaymentId id)
    {
        await using var db = Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db.Payments.SingleAsync(payment => payment.Id == id);
    }

    /// <summary>The tries to pay for an order, oldest first.</summary>
    public async Task<IReadOnlyList<Payment>> PaymentsAsync(OrderId order)
    {
        await using var db = Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db
            .Payments.Where(payment => payment.OrderId == order)
            .OrderBy(payment => payment.Id)
            .ToListAsync();
    }

    /// <summary>What an order is to be paid.</summary>
    public async Task<Due> DueAsync(OrderId order)
    {
        await using var db = Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db.Dues.SingleAsync(due => due.OrderId == order);
    }

    /// <summary>What the shop answers to a notice that the channel has truly sent.</summary>
    public async Task<int> NoticeAsync(NoticeReading reading)
    {
        var body = Guid.CreateVersion7().ToString();
        Channel.Notices[body] = reading;
        return await NoticeAsync(body);
    }

    /// <summary>The same of a body, whoever has sent it.</summary>
    public async Task<int> NoticeAsync(string body)
    {
        var answer = await Shop.Get<TakeNotice>()
            .RunAsync(
                PaymentChannelCode.Stripe.Slug(),
                Account,
                _ => null,
                Encoding.UTF8.GetBytes(body),
                CancellationToken.None
            );
        return answer.Status;
    }

    /// <summary>The topics of the messages that Payments has written about an order, in that order.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(OrderId order)
    {
        await using var db = Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db.Set<LocalMessage>()
            .Where(message => message.Key == order.Value)
            .OrderBy(message => message.Id)
            .Select(message => message.Topic)
            .ToListAsync();
    }

    /// <summary>The refunds of a payment, oldest first.</summary>
    public async Task<IReadOnlyList<Refund>> RefundsAsync(Payment payment)
    {
        await using var db = Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db
            .Refunds.Where(refund => refund.PaymentId == payment.Id)
            .OrderBy(refund => refund.Id)
            .ToListAsync();
    }

    /// <summary>All differences that stand at an account, in the order of their kinds and subjects.</summary>
    public async Task<IReadOnlyList<Difference>> DifferencesAsync(string account = Account)
    {
        await using var db = Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db
            .Differences.Where(difference => difference.Account == account)
            .OrderBy(difference => difference.Kind)
            .ThenBy(difference => difference.Subject)
            .ToListAsync();
    }

    /// <summary>How many rows a table has, with a condition behind its name.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var command = Shop.Get<Database<PaymentsDb>>()
            .Primary.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The texts that a statement gives.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string sql)
    {
        await using var command = Shop.Get<Database<PaymentsDb>>().Primary.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }

    /// <summary>Has a statement done, such as one that cooks the books.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Shop.Get<Database<PaymentsDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
