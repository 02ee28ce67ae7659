using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Adds what the specification of September 2025 has and the engine's introspection lacks: <c>@specifiedBy</c>,
/// <c>@oneOf</c> as definitions, <c>__Type.specifiedByURL</c> and <c>__Directive.args(includeDeprecated:)</c>. And
/// what its draft has, for tools that ask for everything: directives may be deprecated; ours never are.
/// </summary>
internal sealed class IntrospectionGaps : BaseSchemaNodeVisitor
{
    public static void Fill(ISchema schema)
    {
        schema.Features.DeprecationOfInputValues = true;
        schema.Features.RepeatableDirectives = true;
        schema.Directives.Register(
            new Directive("specifiedBy", DirectiveLocation.Scalar)
            {
                Description = "Where the format of a scalar is specified.",
                Arguments = new QueryArguments(
                    new QueryArgument<NonNullGraphType<StringGraphType>>
                    {
                        Name = "url",
                        Description = "Address of the specification.",
                    }
                ),
            },
            new Directive("oneOf", DirectiveLocation.InputObject)
            {
                Description = "Exactly one field of the input is given, and it is not null.",
            }
        );
        schema.RegisterVisitor(new IntrospectionGaps());
    }

    /// <inheritdoc />
    public override void PostVisitSchema(ISchema schema)
    {
        ((IObjectGraphType)schema.AllTypes["__Type"]!).AddField(
            new FieldType
            {
                Name = "specifiedByURL",
                ResolvedType = schema.AllTypes["String"],
                Resolver = new FuncFieldResolver<object>(context => SpecificationOf(context.Source)),
            }
        );

        var directive = (IObjectGraphType)schema.AllTypes["__Directive"]!;
        directive.AddField(
            new FieldType
            {
                Name = "isDeprecated",
                ResolvedType = new NonNullGraphType(schema.AllTypes["Boolean"]!),
                Resolver = new FuncFieldResolver<object>(_ => false),
            }
        );
        directive.AddField(
            new FieldType
            {
                Name = "deprecationReason",
                ResolvedType = schema.AllTypes["String"],
                Resolver = new FuncFieldResolver<object>(_ => null),
            }
        );
        MayIncludeDeprecated(directive, "args", schema);
        MayIncludeDeprecated((IObjectGraphType)schema.AllTypes["__Schema"]!, "directives", schema);
    }

    private static void MayIncludeDeprecated(IObjectGraphType type, string field, ISchema schema)
    {
        var arguments = type.Fields.Find(field)!.Arguments ??= [];
        if (arguments.Find("includeDeprecated") is null)
        {
            arguments.Add(
                new QueryArgument(schema.AllTypes["Boolean"]!)
                {
                    Name = "includeDeprecated",
                    DefaultValue = false,
                }
            );
        }
    }

    private static object? SpecificationOf(object? type) =>
        (type as ScalarGraphType)?.GetAppliedDirectives()?.Find("specifiedBy")?.FindArgument("url")?.Value;
}
