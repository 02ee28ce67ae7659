using System.Globalization;
using Shop.Data.Accounts.Operators;
using Shop.Data.Storage.Faults;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Operations.Heap;

/// <summary>
/// Gives an admin the heap of this process, where a host is told to (<c>Operations:Heap</c>) and at the port for operators alone: for
/// whoever cannot open a shell beside it.
/// </summary>
internal sealed class HeapEndpoint(WhoAsks whoAsks, HeapTurn turn, NoteHeapTaken note, OwnHeap heap)
{
    /// <summary>Where it is asked for, by <c>POST</c>.</summary>
    public const string Path = "/operations/heap";

    /// <summary>Answers with the trace; or why it is refused.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            await whoAsks.FindOutAsync(http);
            var asker = Asker.Of(http.User, Audience.Staff);
            if (!asker.May(StaffRole.Admin))
            {
                throw new NotTheirsException(isGuest: asker.Customer is null);
            }

            if (turn.Take() is { } wait)
            {
                http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
                    .ToString(CultureInfo.InvariantCulture);
                throw new HeapTakenException();
            }

            await NoteAsync(asker.Customer!.Value, http.RequestAborted);
            await SendAsync(http);
        }
        catch (RefusedRequestException refusal)
        {
            await Answer.SendAsync(http, MediaType.Json, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has hung up; nobody is left to be told.
        }
    }

    // None leaves the process that nobody will find in the trail.
    private async Task NoteAsync(CustomerId actor, CancellationToken cancel)
    {
        try
        {
            await note.RunAsync(actor, cancel);
        }
        catch (Exception fault)
        {
            turn.GiveBack();
            if (Outage.Is(fault))
            {
                throw new StoreAwayException();
            }

            throw;
        }
    }

    private async Task SendAsync(HttpContext http)
    {
        try
        {
            var name = FormattableString.Invariant($"shop-web-{Environment.ProcessId}.nettrace");
            http.Response.ContentType = "application/octet-stream";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            http.Response.Headers.CacheControl = "no-store";
            await heap.WriteAsync(http.Response.Body, http.RequestAborted);
        }
        finally
        {
            turn.End();
        }
    }
}

/// <summary>The heap is being taken, or was not long ago.</summary>
internal sealed class HeapTakenException()
    : RefusedRequestException(
        "The heap of a process is taken once in ten minutes.",
        StatusCodes.Status429TooManyRequests,
        ErrorCode.Throttled
    );
