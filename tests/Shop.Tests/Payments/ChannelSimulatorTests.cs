using Shop.Channels;
using Shop.Tests.Architecture;

namespace Shop.Tests.Payments;

public sealed class ChannelSimulatorTests
{
    [Fact]
    public void The_simulators_know_nothing_of_the_shop() =>
        Offences.None(
            from assembly in typeof(ChannelSimulator).Assembly.GetReferencedAssemblies()
            where assembly.Name!.StartsWith("Shop.", StringComparison.Ordinal)
            select assembly.Name
        );
}
