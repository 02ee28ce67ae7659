using Shop.Tests.Fixtures;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestMethodOrderer<OrderByName>]
[assembly: TestCaseOrderer<OrderByName>]

namespace Shop.Tests.Fixtures;

/// <summary>
/// The tests of a class run in the order of their names. Left to itself xunit orders them by the path of the clone, and a
/// test that leans on the one before it would pass in one folder and fail in another.
/// </summary>
internal sealed class OrderByName : ITestMethodOrderer, ITestCaseOrderer
{
    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(
        IReadOnlyCollection<TTestMethod?> testMethods
    )
        where TTestMethod : notnull, ITestMethod =>
        [.. testMethods.OrderBy(method => method?.MethodName, StringComparer.Ordinal)];

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => test.TestCaseDisplayName, StringComparer.Ordinal)];
}
