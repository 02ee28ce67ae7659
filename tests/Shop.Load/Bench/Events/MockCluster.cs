using System.Runtime.InteropServices;

namespace Shop.Load.Bench.Events;

/// <summary>librdkafka's own cluster of three brokers, which answers as a test says. In this process, over real sockets.</summary>
internal sealed class MockCluster : IDisposable
{
    // The one of several builds that wants no library that Debian lacks.
    private const string Library = "centos8-librdkafka";

    /// <summary>Of its topic.</summary>
    public const int Partitions = 3;

    private const int Brokers = 3;
    private const short Produce = 0;

    private readonly IntPtr _client;
    private readonly IntPtr _cluster;

    public MockCluster(string topic)
    {
        _client = New(type: 0, NewConfiguration(), IntPtr.Zero, 0);
        _cluster = NewCluster(_client, Brokers);
        Demand(CreateTopic(_cluster, topic, partitions: Partitions, replicas: Brokers));
    }

    /// <summary>Where clients find it.</summary>
    public string Address => Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;

    /// <summary>The next requests to store messages fail with these of Kafka's error codes, one each.</summary>
    public void Fail(params int[] codes) => PushErrors(_cluster, Produce, (nuint)codes.Length, codes);

    /// <summary>No broker answers, and who was connected is not any more.</summary>
    public void SetDown()
    {
        for (var broker = 1; broker <= Brokers; broker++)
        {
            Demand(SetBrokerDown(_cluster, broker));
        }
    }

    /// <summary>All are there again, with what they had.</summary>
    public void SetUp()
    {
        for (var broker = 1; broker <= Brokers; broker++)
        {
            Demand(SetBrokerUp(_cluster, broker));
        }
    }

    public void Dispose()
    {
        DestroyCluster(_cluster);
        Destroy(_client);
    }

    private static void Demand(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"The cluster refuses: {error}.");
        }
    }

    [DllImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static extern IntPtr NewConfiguration();

    [DllImport(Library, EntryPoint = "rd_kafka_new")]
    private static extern IntPtr New(int type, IntPtr configuration, IntPtr error, nuint size);

    [DllImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static extern void Destroy(IntPtr client);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static extern IntPtr NewCluster(IntPtr client, int brokers);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static extern void DestroyCluster(IntPtr cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static extern IntPtr Bootstraps(IntPtr cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_topic_create")]
    private static extern int CreateTopic(
        IntPtr cluster,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string topic,
        int partitions,
        int replicas
    );

    [DllImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static extern void PushErrors(IntPtr cluster, short api, nuint count, int[] codes);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static extern int SetBrokerDown(IntPtr cluster, int broker);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static extern int SetBrokerUp(IntPtr cluster, int broker);
}
