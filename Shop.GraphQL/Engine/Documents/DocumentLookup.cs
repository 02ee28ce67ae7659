using GraphQL.DI;
using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Finds the document that a request means: the one it brings along, or the one it names by a hash. One place for all
/// transports.
/// </summary>
internal sealed class DocumentLookup(
    TrustedDocuments trusted,
    AutomaticDocuments automatic,
    IOptions<DocumentOptions> options
) : IConfigureExecution
{
    /// <inheritdoc />
    public float SortOrder => 200;

    /// <inheritdoc />
    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        var name = DocumentName.Of(options.DocumentId, options.Extensions);
        var sent = options.Query;
        options.Query = await FindAsync(sent, name, options.CancellationToken);
        var result = await next(options);
        // Not before it has been run: nonsense takes no other document's place.
        if (name is { IsAutomatic: true } && sent is not null && result.Executed && MayRegister(name))
        {
            await automatic.KeepAsync(name.Hash, sent, options.CancellationToken);
        }

        return result;
    }

    /// <summary>The text of a document.</summary>
    /// <param name="sent">What the client sent; null where it only names it.</param>
    /// <param name="name">How it names it; null where it only sends it.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="DocumentRefused">There is none, or it may not be run.</exception>
    public async ValueTask<string> FindAsync(string? sent, DocumentName? name, CancellationToken cancel)
    {
        if (name is null)
        {
            return options.Value.TrustedOnly && !trusted.Contains(sent!)
                ? throw DocumentRefused.NotTrusted()
                : sent!;
        }

        if (sent is not null && TrustedDocument.IdOf(sent) != name.Hash)
        {
            throw DocumentRefused.OtherHash();
        }

        if (trusted.Find(name.Hash) is { } known)
        {
            return known.Text;
        }

        if (options.Value.TrustedOnly)
        {
            throw DocumentRefused.NotTrusted();
        }

        return sent
            ?? (name.IsHash ? await automatic.FindAsync(name.Hash, cancel) : null)
            ?? throw NotFound(name);
    }

    /// <summary>Whether a text is a registered document, letter by letter.</summary>
    public bool IsRegistered(string text) => trusted.Contains(text);

    private bool MayRegister(DocumentName name) =>
        !options.Value.TrustedOnly && trusted.Find(name.Hash) is null;

    private DocumentRefused NotFound(DocumentName name) =>
        !name.IsAutomatic ? DocumentRefused.NotFound()
        : automatic.IsOn ? DocumentRefused.PersistedQueryNotFound()
        : DocumentRefused.PersistedQueryNotSupported();
}
