using System.Numerics;
using System.Runtime.ExceptionServices;

namespace CompiledDnn;

/// <summary>
/// Feeds from a thread of its own, which fills the next batches while the network is trained on this one. The batches go round in a few
/// buffers: the thread may be ahead by all of them but the one in use.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class PreparedFeed<T> : BatchFeed<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Waking the thread costs some microseconds. Small batches go round in more buffers, so that it is woken once for several.
    private const int BufferBytes = 1024 * 1024;
    private const int MostBuffers = 16;

    // How long a thread that is in the middle of a read is waited for at the end. It may be in a call that never returns.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly EpochSupply<T> _supply;
    private readonly BatchBuffer<T>[] _buffers;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly Sleeper _reader;
    private readonly Sleeper _trainer;
    private Thread? _thread;

    // What is asked for. Written by the training thread while the other one has nothing to do.
    private int _epoch;
    private long _firstExample;

    // Epochs asked for and epochs done with: where they are equal, the reading thread has nothing to do.
    private int _asked;
    private int _done;
    private bool _stop;
    private bool _quit;

    // Batches filled and batches given back.
    private long _filled;
    private long _returned;
    private Exception? _failure;
    private bool _isInUse;

    public PreparedFeed(IDataSource<T> source, int batchSize, bool shuffle, int seed, CancellationToken cancellation)
    {
        _supply = new EpochSupply<T>(source, batchSize, shuffle, seed);
        long buffers = Math.Clamp(BufferBytes / Math.Max(1, BytesOf(source, batchSize)), 2, MostBuffers);
        if (source.Count is { } count)
        {
            buffers = Math.Clamp((count + batchSize - 1) / batchSize, 1, buffers);
        }

        _buffers = new BatchBuffer<T>[buffers];
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i] = _supply.CreateBuffer();
        }

        _reader = new Sleeper(() => Volatile.Read(ref _asked) == Volatile.Read(ref _done) ? Volatile.Read(ref _quit) : HasRoom || IsToStop);
        _trainer = new Sleeper(() => Volatile.Read(ref _filled) > _returned || IsDone || _cancellation.IsCancellationRequested);
        _cancellation = cancellation;
        _registration = cancellation.UnsafeRegister(static feed => ((PreparedFeed<T>)feed!)._trainer.Wake(), this);
    }

    private bool HasRoom => Volatile.Read(ref _filled) - Volatile.Read(ref _returned) < _buffers.Length;

    private bool IsDone => Volatile.Read(ref _done) == Volatile.Read(ref _asked);

    private bool IsToStop => Volatile.Read(ref _stop) || Volatile.Read(ref _quit);

    public override void BeginEpoch(int epoch, long firstExample)
    {
        if (!IsDone)
        {
            // No batch that is there may end the wait.
            Volatile.Write(ref _returned, long.MaxValue);
            Volatile.Write(ref _stop, true);
            _reader.Wake();
            _trainer.Wait();
            if (!IsDone)
            {
                return;
            }
        }

        (_epoch, _firstExample) = (epoch, firstExample);
        (_filled, _returned, _failure, _isInUse, _stop) = (0, 0, null, false, false);
        Interlocked.Increment(ref _asked);
        if (_thread is null)
        {
            _thread = new Thread(Serve) { IsBackground = true, Name = "CompiledDnn data" };
            _thread.Start();
        }

        _reader.Wake();
    }

    public override bool TryNext(out Batch<T> batch)
    {
        batch = default;
        if (_isInUse)
        {
            GiveBack();
        }

        if (Volatile.Read(ref _filled) <= _returned)
        {
            _trainer.Wait();
            if (Volatile.Read(ref _filled) <= _returned)
            {
                // Cancelled or at the end; a failure comes in the place of the batch that could not be read.
                if (IsDone && _failure is { } failure)
                {
                    ExceptionDispatchInfo.Throw(failure);
                }

                return false;
            }
        }

        _isInUse = true;
        batch = _buffers[_returned % _buffers.Length].Batch;
        return true;
    }

    public override void Dispose()
    {
        _registration.Dispose();
        Volatile.Write(ref _quit, true);
        _reader.Wake();
        if (_thread is null || _thread.Join(s_patience))
        {
            _reader.Dispose();
            _trainer.Dispose();
        }
    }

    private void GiveBack()
    {
        _isInUse = false;
        Volatile.Write(ref _returned, _returned + 1);

        // Not before what was ahead is nearly used up, so that one call is enough for several batches.
        long ahead = Volatile.Read(ref _filled) - _returned - 1;
        if (ahead <= (_buffers.Length > 2 ? 1 : 0))
        {
            _reader.Wake();
        }
    }

    private void Serve()
    {
        while (true)
        {
            _reader.Wait();
            if (Volatile.Read(ref _asked) == _done)
            {
                return;
            }

            try
            {
                Read();
            }
            catch (Exception error)
            {
                _failure = error;
            }

            Volatile.Write(ref _done, _done + 1);
            _trainer.Wake();
        }
    }

    private void Read()
    {
        try
        {
            _supply.Begin(_epoch, _firstExample);
            while (true)
            {
                _reader.Wait();
                if (IsToStop || !_supply.Fill(_buffers[_filled % _buffers.Length]))
                {
                    break;
                }

                Volatile.Write(ref _filled, _filled + 1);
                _trainer.Wake();
            }
        }
        finally
        {
            _supply.Close();
        }
    }
}
