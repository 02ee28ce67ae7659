using System.Collections.Frozen;
using System.Reflection;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQL.Validation.Errors.Custom;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Transport.Http;

/// <summary>What of an error may leave the house.</summary>
/// <param name="Message">For a developer; a fault of ours tells nothing but that it is one.</param>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
internal readonly record struct PublicError(string Message, string Code)
{
    private static readonly FrozenSet<string> _codes = typeof(ErrorCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is told of a fault of ours.</summary>
    public static readonly PublicError Masked = new(
        "Something broke on our side. Our log has it under this `traceId`.",
        ErrorCode.Internal
    );

    /// <summary>
    /// Lets through what the engine says of the request and what our code says with one of our codes. The engine also
    /// makes codes of exception types; those, and their messages, stay here.
    /// </summary>
    public static PublicError Of(ExecutionError error) =>
        error switch
        {
            UnhandledError => Masked,
            SyntaxError => new(error.Message, ErrorCode.SyntaxError),
            // An IDE sends no name where it cannot read its variables.
            NoOperationNameError => new(
                $"{error.Message} Say which in `operationName`; in an IDE, look whether the variables are JSON.",
                ErrorCode.OperationNotFound
            ),
            NoOperationError or InvalidOperationNameError => new(error.Message, ErrorCode.OperationNotFound),
            TimeoutError => new(error.Message, ErrorCode.Timeout),
            NoIntrospectionError => new(error.Message, ErrorCode.IntrospectionDisabled),
            HalfCharacter => new(error.Message, ErrorCode.SyntaxError),
            ValidationError { InnerException: InvalidIdError } => new(error.Message, ErrorCode.InvalidId),
            ValidationError => new(error.Message, ErrorCode.ValidationFailed),
            { Code: { } code } when _codes.Contains(code) => new(error.Message, code),
            RequestError => new(error.Message, ErrorCode.BadRequest),
            _ => Masked,
        };
}
