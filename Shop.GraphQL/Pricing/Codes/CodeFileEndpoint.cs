using System.Globalization;
using System.Net.Mime;
using System.Text;
using Shop.Data.Pricing.Codes;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Pricing.Codes;

/// <summary>
/// Gives staff the codes of a call as a file, a code in a line, sorted. They are sent as they are read; no more than a page of them is
/// in memory, also where the client is slow.
/// </summary>
internal sealed class CodeFileEndpoint(ReadCodes readCodes, WhoAsks whoAsks)
{
    private const string Folder = "/graphql/admin/codes";

    /// <summary>The route that it answers at.</summary>
    public const string Route = $"{Folder}/{{batch}}";

    /// <summary>Where the codes of a call are.</summary>
    public static string PathOf(CodeBatchId batch) => $"{Folder}/{GlobalId.Of(batch)}";

    /// <summary>Answers <c>200</c> with the file; <c>404</c> where there are no such codes, or not all of them yet.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            await whoAsks.FindOutAsync(http);
            var asker = Asker.Of(http.User, Audience.Staff);
            if (!asker.May(StaffRole.Pricing))
            {
                throw new NotTheirsException(isGuest: asker.Customer is null);
            }

            var cancel = http.RequestAborted;
            var batch = BatchOf(http.Request) is { } id ? await readCodes.FindAsync(id, cancel) : null;
            if (batch?.FinishedAt is null)
            {
                throw new MalformedRequestException(
                    "There are no such codes, or not all of them yet.",
                    StatusCodes.Status404NotFound
                );
            }

            await SendAsync(http.Response, batch, cancel);
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

    private async Task SendAsync(HttpResponse response, CodeBatch batch, CancellationToken cancel)
    {
        response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=us-ascii";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = "attachment; filename=codes.txt";
        await using var lines = new StreamWriter(response.Body, Encoding.ASCII, leaveOpen: true);
        await foreach (var code in readCodes.RunAsync(batch, cancel))
        {
            await lines.WriteAsync(code);
            await lines.WriteAsync('\n');
        }
    }

    private static CodeBatchId? BatchOf(HttpRequest request) =>
        GlobalId.TryParse($"{request.RouteValues["batch"]}", out var id)
        && id.Type == IdKinds.NameOf<CodeBatchId>()
        && long.TryParse(id.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new CodeBatchId(value)
            : null;
}
