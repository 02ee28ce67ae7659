using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;
using GraphQL.DataLoader;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Paging;
using Shop.GraphQL.Engine.Problems;
using Shop.GraphQL.Engine.Scalars;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Shared;

namespace Shop.Tests.Engine.Schema;

/// <summary>Names a book.</summary>
internal readonly record struct BookId(long Value) : IRowId<BookId>
{
    public static BookId From(long value) => new(value);
}

/// <summary>Names a reader by a secret.</summary>
internal readonly record struct ReaderId(string Secret);

/// <summary>A book of the test library.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Title">As on the cover.</param>
/// <param name="Price">What a new copy costs.</param>
/// <param name="PrintedAt">When this edition was printed.</param>
[Public]
internal sealed record Book(BookId Id, string Title, Money Price, DateTimeOffset PrintedAt) : Node
{
    /// <summary>The sequel; null for the last of a series.</summary>
    public IDataLoaderResult<Book?> Sequel([FromServices] LoaderContext loaders) =>
        loaders.Get<BookById>().Load(new(Id.Value + 1));

    /// <summary>All the other books.</summary>
    [ListSize(100)]
    public IEnumerable<Book> Others([FromServices] Library library) =>
        library.Books.Values.Where(book => book.Id != Id);

    /// <summary>Ours, and no field.</summary>
    public static Book Of(long number) =>
        new(
            new(number),
            $"Volume {number}",
            new Money(number * 100 + 90, "EUR"),
            new DateTimeOffset(2026, 3, 1, 9, 30, 0, 250, TimeSpan.FromHours(1))
        );

    /// <summary>A name that is gone soon.</summary>
    [Deprecated("Use `title`.", until: "2027-01-31")]
    public string Name => Title;
}

/// <summary>How to find a book; exactly one of them.</summary>
[OneOf]
internal sealed record BookBy
{
    /// <summary>Its id.</summary>
    public BookId? Id { get; init; }

    /// <summary>Its title, letter by letter.</summary>
    public string? Title { get; init; }
}

/// <summary>How often a book stands on the shelf.</summary>
/// <param name="Copies">Zero or more.</param>
internal sealed record Shelf(int Copies);

/// <summary>The books, and what was asked of them.</summary>
internal sealed class Library
{
    /// <summary>The title of a book that can be opened.</summary>
    public const string Open = "Open";

    private readonly List<Channel<Book>> _readers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Dictionary<BookId, Book> Books { get; } =
        Enumerable.Range(1, 30).Select(number => Book.Of(number)).ToDictionary(book => book.Id);

    public List<string> Reads { get; } = [];

    /// <summary>Books that cannot be read, whatever is read with them.</summary>
    public HashSet<BookId> Unreadable { get; } = [];

    /// <summary>One for each time that somebody tried to open a book.</summary>
    public SemaphoreSlim Tries { get; } = new(0);

    /// <summary>How many watch now.</summary>
    public int Readers
    {
        get
        {
            lock (_readers)
            {
                return _readers.Count;
            }
        }
    }

    /// <summary>Comes back when this many watch.</summary>
    public async Task ReadersAsync(int count)
    {
        while (Readers != count)
        {
            await Changed(from: count).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Rename(long number, string title) => Rename(Books[new(number)] with { Title = title });

    public void Rename(Book book)
    {
        Books[book.Id] = book;
        lock (_readers)
        {
            _readers.ForEach(reader => reader.Writer.TryWrite(book));
        }
    }

    private Task Changed(int from)
    {
        lock (_readers)
        {
            return _readers.Count == from ? Task.CompletedTask : _changed.Task;
        }
    }

    private void Tell()
    {
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public async IAsyncEnumerable<Book> WatchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = Channel.CreateUnbounded<Book>();
        lock (_readers)
        {
            _readers.Add(reader);
            Tell();
        }

        try
        {
            await foreach (var book in reader.Reader.ReadAllAsync(cancel))
            {
                yield return book;
            }
        }
        finally
        {
            lock (_readers)
            {
                _readers.Remove(reader);
                Tell();
            }
        }
    }
}

internal sealed class BookById(Library library) : Loader<BookId, Book>
{
    protected override Task<IReadOnlyDictionary<BookId, Book>> FetchAsync(
        IReadOnlyList<BookId> keys,
        CancellationToken cancel
    )
    {
        library.Reads.Add($"books {string.Join(' ', keys.Select(key => key.Value))}");
        return Task.FromResult<IReadOnlyDictionary<BookId, Book>>(
            keys.Where(library.Books.ContainsKey).ToDictionary(key => key, key => library.Books[key])
        );
    }

    internal override async Task<Func<BookId, Book?>> ReadAsync(
        IReadOnlyList<BookId> keys,
        CancellationToken cancel
    )
    {
        var valueOf = await base.ReadAsync(keys, cancel);
        return key =>
            library.Unreadable.Contains(key)
                ? throw new InvalidOperationException("the password is swordfish")
                : valueOf(key);
    }
}

internal sealed class ShelfByBook(Library library) : Loader<BookId, Shelf>
{
    protected override int MaxBatchSize => 10;

    protected override async Task<IReadOnlyDictionary<BookId, Shelf>> FetchAsync(
        IReadOnlyList<BookId> keys,
        CancellationToken cancel
    )
    {
        library.Reads.Add($"shelves {keys.Count}");
        await Task.Yield();
        return keys.ToDictionary(key => key, key => new Shelf((int)key.Value));
    }
}

/// <summary>Somebody before the desk.</summary>
internal sealed record Visitor;

internal sealed class VisitorName
{
    /// <summary>As on the library card; null for a guest.</summary>
    public static string? Name([FromSource] Visitor _, IResolveFieldContext context) =>
        context.User?.Identity?.Name;
}

/// <summary>What the library adds to the root.</summary>
internal sealed class LibraryQueries(Library library, LoaderContext loaders)
{
    /// <summary>One book.</summary>
    /// <param name="by">Which.</param>
    [Public]
    public IDataLoaderResult<Book?> Book(BookBy by) =>
        loaders
            .Get<BookById>()
            .Load(
                by.Id ?? library.Books.Values.FirstOrDefault(book => book.Title == by.Title)?.Id ?? default
            );

    /// <summary>All books by number.</summary>
    [Public]
    public Connection<Book> Books(Page page) =>
        Connection<Book>.Cut([.. library.Books.Values], page, book => Cursor.Of($"{book.Id.Value}"));

    /// <summary>Says back what it was told.</summary>
    /// <param name="at">A moment.</param>
    /// <param name="amount">A number.</param>
    /// <param name="key">A key.</param>
    /// <param name="url">An address.</param>
    /// <param name="country">A country.</param>
    /// <param name="currency">A currency.</param>
    /// <param name="reader">A reader.</param>
    public static string Echo(
        DateTimeOffset? at,
        decimal? amount,
        Guid? key,
        Uri? url,
        [CountryCode] string? country,
        [CurrencyCode] string? currency,
        ReaderId? reader
    ) => FormattableString.Invariant($"{at:o}|{amount}|{key}|{url}|{country}|{currency}|{reader?.Secret}");

    /// <summary>Whoever asks.</summary>
    public static Visitor Me() => new();

    /// <summary>A fault of ours.</summary>
    public static string? Broken() => throw new InvalidOperationException("the password is swordfish");
}

/// <summary>The shelf's field on a book.</summary>
internal sealed class BookShelf(LoaderContext loaders, Library library, ReadTarget target)
{
    /// <summary>Where its copies are.</summary>
    public IDataLoaderResult<Shelf> Shelf([FromSource] Book book) =>
        loaders.Get<ShelfByBook>().Require(book.Id);

    /// <summary>Whether it can be opened; of most books nobody ever finds out.</summary>
    /// <param name="book">Which.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<bool> OpenedAsync([FromSource] Book book, CancellationToken cancel)
    {
        library.Tries.Release();
        if (book.Title != Library.Open)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }

        return true;
    }

    /// <summary>Whether whoever asks sees the newest row.</summary>
    public bool IsNewest([FromSource] Book book) => target.IsPrimary && library.Books.ContainsKey(book.Id);

    /// <summary>Whether it is read together with what others ask at the same moment.</summary>
    public bool IsShared([FromSource] Book _) => loaders.IsShared;
}

/// <summary>A new title.</summary>
/// <param name="Id">Which book.</param>
/// <param name="Title">At most 40 characters.</param>
internal sealed record BookRenameInput(BookId Id, [property: MaxText(40)] string Title);

/// <summary>What renaming did.</summary>
/// <param name="Book">The book; null where nothing was done.</param>
/// <param name="Problems">Why nothing was done; empty on success.</param>
internal sealed record BookPayload(Book? Book, IReadOnlyList<Problem> Problems);

internal sealed class LibraryMutations(Library library, LoaderContext loaders)
{
    /// <summary>Gives a book another title.</summary>
    /// <param name="input">What, and how.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<BookPayload> BookRenameAsync(BookRenameInput input, CancellationToken cancel)
    {
        var book = await loaders.Get<BookById>().Load(input.Id).GetResultAsync(cancel);
        if (book is null)
        {
            return new(null, [new NotFound("There is no such book.", ["id"], GlobalId.Of(input.Id))]);
        }

        library.Rename(book with { Title = input.Title });
        return new(library.Books[input.Id], []);
    }
}

internal sealed class LibrarySubscriptions(Library library)
{
    /// <summary>Each new title.</summary>
    /// <param name="cancel">Ends it.</param>
    public IAsyncEnumerable<Book> BookRenamed(CancellationToken cancel) => library.WatchAsync(cancel);

    /// <summary>Whoever watches, once.</summary>
    public static IAsyncEnumerable<Visitor> Me() => AsyncEnumerable.Repeat(new Visitor(), 1);

    /// <summary>Counts from one.</summary>
    /// <param name="to">The last number; ten at most.</param>
    public static IAsyncEnumerable<int> Count(int to) =>
        Enumerable.Range(1, Math.Clamp(to, 0, 10)).ToAsyncEnumerable();

    /// <summary>Breaks when it is listened to.</summary>
    public static IObservable<int> Breaks() => new Unheard();

    /// <summary>Counts to one and breaks.</summary>
    public static async IAsyncEnumerable<int> Fails()
    {
        yield return 1;
        await Task.Yield();
        throw new InvalidOperationException("the password is swordfish");
    }
}

internal sealed class Unheard : IObservable<int>
{
    public IDisposable Subscribe(IObserver<int> observer) =>
        throw new InvalidOperationException("the password is swordfish");
}

/// <summary>A small bounded context for the tests of the engine.</summary>
internal sealed class LibraryModule : IGraphModule
{
    public void Configure(GraphModuleBuilder graph)
    {
        new SharedModule().Configure(graph);
        graph
            .Id<BookId>("Book")
            .Id<ReaderId>("Reader", id => id.Secret, key => key.Length == 4 ? new ReaderId(key) : null)
            .Node<BookId, Book>((loaders, id) => loaders.Get<BookById>().Load(id))
            .Counted<Book>()
            .Query<LibraryQueries>()
            .Mutation<LibraryMutations>()
            .Subscription<LibrarySubscriptions>()
            .Extend<Book, BookShelf>()
            .Extend<Visitor, VisitorName>();
    }
}
