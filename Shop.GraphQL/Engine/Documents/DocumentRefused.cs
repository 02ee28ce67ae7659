using GraphQL.Execution;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>The document that a request means does not exist here, or may not be run.</summary>
internal sealed class DocumentRefused : RequestError
{
    private DocumentRefused(string code, string message)
        : base(message) => Code = code;

    /// <summary>It names a document that is not registered.</summary>
    public static DocumentRefused NotFound() =>
        new(ErrorCode.DocumentNotFound, "No document of this id is registered here.");

    /// <summary>Only registered documents are run, and this is none.</summary>
    public static DocumentRefused NotTrusted() =>
        new(ErrorCode.DocumentNotTrusted, "This shop runs registered documents only.");

    /// <summary>Send it along with its hash, once. The words are Apollo's: its clients compare them.</summary>
    public static DocumentRefused PersistedQueryNotFound() =>
        new(ErrorCode.PersistedQueryNotFound, "PersistedQueryNotFound");

    /// <summary>Send it without a hash. The words are Apollo's: its clients compare them.</summary>
    public static DocumentRefused PersistedQueryNotSupported() =>
        new(ErrorCode.PersistedQueryNotSupported, "PersistedQueryNotSupported");

    /// <summary>It comes with the hash of another one.</summary>
    public static DocumentRefused OtherHash() =>
        new(ErrorCode.BadRequest, "The hash is not the SHA-256 of the document.");

    /// <summary>It is named in no way that we know.</summary>
    public static DocumentRefused Malformed() =>
        new(ErrorCode.BadRequest, "`persistedQuery` must be `{\"version\": 1, \"sha256Hash\": \"…\"}`.");
}
