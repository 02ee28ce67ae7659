using Shop.Data.Storage.Faults;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// Stands around everything, the framework's own authentication too, and tells a client of what broke on the way to its
/// answer, or of what Kestrel refuses as it is read. The framework by itself sends a bare status.
/// </summary>
internal sealed class TellFaults(ILogger<TellFaults> log) : IStartupFilter
{
    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(TellAsync);
            next(app);
        };

    private async Task TellAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault)
            when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Answer.SendAsync(http, MediaTypes.Accepted(http.Request), RefusalOf(fault));
        }
    }

    private RefusedRequestException RefusalOf(Exception fault)
    {
        if (fault is BadHttpRequestException refused)
        {
            return new MalformedRequestException(refused.Message, refused.StatusCode);
        }

        log.RequestFailed(TraceId.Current, fault);
        return Outage.Is(fault) ? new StoreAwayException() : new BrokenRequestException();
    }
}
