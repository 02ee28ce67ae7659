using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Telemetry;

/// <summary>Where a process tells operators how it is.</summary>
public sealed record OperationsOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Operations";

    /// <summary>
    /// Port of <c>/metrics</c>, and at web hosts of <c>/health/*</c>; nothing else answers there, and no client should reach it. 0
    /// is none, and what an embedded shop has unless it is told otherwise: two of them may run on one machine. 9464 is where
    /// Prometheus looks for processes that OpenTelemetry measures.
    /// </summary>
    [Range(0, ushort.MaxValue)]
    public int Port { get; init; } = 9464;

    /// <summary>
    /// Whether admins get the heap of a web host from that port (<c>POST /operations/heap</c>). It stands still for a moment then, and
    /// needs as much memory again; who has a shell beside it needs neither.
    /// </summary>
    public bool Heap { get; init; }
}
