using System.Collections.Concurrent;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Reads and checks what an operation is given: arguments that stand in the text once, variables and what is made of them
/// each time. The engine's validator walks the whole document four times for each request, to the same end. Thread-safe.
/// </summary>
internal sealed class OperationInputs(GraphQLOperationDefinition operation, DocumentTypes types)
{
    private readonly ArgumentPlaces _places = new(operation, types);

    // Used ones know where the variables are used, which takes the engine a walk to find out.
    private readonly ConcurrentBag<ValidationContext> _contexts = [];

    private ValidationResult? _fixed;

    /// <summary>The inputs of a request, or what is wrong with them.</summary>
    /// <param name="variables">As the client sent them.</param>
    public async ValueTask<ValidationResult> ReadAsync(Inputs variables)
    {
        if (_fixed is null)
        {
            var read = await ReadAsync(NewContext(), Variables.None, _places.Fixed);
            if (!read.IsValid)
            {
                return read;
            }

            _fixed = read;
        }

        return operation.Variables is { Count: > 0 } ? await ReadVaryingAsync(variables, _fixed) : _fixed;
    }

    private async ValueTask<ValidationResult> ReadVaryingAsync(Inputs sent, ValidationResult known)
    {
        var context = _contexts.TryTake(out var used) ? used : NewContext();
        context.Variables = sent;
        var (variables, faults) = await context.GetVariablesValuesAsync();
        if (faults is { Count: > 0 })
        {
            return new ValidationResult(faults);
        }

        context.ArgumentValues = Copy(known.ArgumentValues);
        context.DirectiveValues = Copy(known.DirectiveValues);
        var result = await ReadAsync(context, variables, _places.Varying);
        if (result.IsValid)
        {
            // One that has told of a fault would tell of it again; and what a client sent stays in none.
            context.Variables = Inputs.Empty;
            context.ArgumentValues = null;
            context.DirectiveValues = null;
            _contexts.Add(context);
        }

        return result;
    }

    private async ValueTask<ValidationResult> ReadAsync(
        ValidationContext context,
        Variables variables,
        ArgumentPlaces.Places places
    )
    {
        foreach (var part in places.Directives)
        {
            try
            {
                var node = (IHasDirectivesNode)part;
                (context.DirectiveValues ??= [])[part] = ExecutionHelper.GetDirectives(
                    node,
                    variables,
                    types.Schema,
                    types.Document
                )!;
            }
            catch (ValidationError fault)
            {
                context.ReportError(fault);
            }
        }

        foreach (var (field, definition) in places.Fields)
        {
            try
            {
                (context.ArgumentValues ??= [])[field] = ExecutionHelper.GetArguments(
                    definition.Arguments,
                    field.Arguments,
                    variables,
                    types.Document,
                    field,
                    directive: null
                )!;
                if (definition.ValidateArguments is { } validate)
                {
                    await validate(
                        new()
                        {
                            FieldAst = field,
                            FieldDefinition = definition,
                            ValidationContext = context,
                        }
                    );
                }
            }
            catch (ValidationError fault)
            {
                context.ReportError(fault);
            }
        }

        return new ValidationResult(context.Errors)
        {
            Variables = variables,
            ArgumentValues = context.ArgumentValues,
            DirectiveValues = context.DirectiveValues,
        };
    }

    private ValidationContext NewContext() =>
        new()
        {
            Schema = types.Schema,
            Document = types.Document,
            Operation = operation,
        };

    private static Dictionary<TKey, TValue>? Copy<TKey, TValue>(IReadOnlyDictionary<TKey, TValue>? known)
        where TKey : notnull => known is null ? null : new(known);
}
