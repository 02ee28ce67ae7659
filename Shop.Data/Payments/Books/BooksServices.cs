using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Payments.Books;

/// <summary>Registers what compares the shop's book with those of the channels.</summary>
internal static class BooksServices
{
    public static IServiceCollection AddBooks(this IServiceCollection services) =>
        services
            .AddSingleton<KeepBill>()
            .AddSingleton<CompareBill>()
            .AddSingleton<BookForeignRefunds>()
            .AddSingleton<AskAboutMissing>()
            .AddSingleton<FollowDifferences>()
            .AddSingleton<ReconcileChannels>()
            .AddSingleton<ReconcileDay>()
            .AddSingleton<ResolveDifference>()
            .AddSingleton<ForgetNotices>()
            .AddSingleton<PaymentConsistency>();
}
