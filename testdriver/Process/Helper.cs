// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>A further thread of the test.</summary>
/// <remarks>
/// It runs a function of the test's program in the test's address space. It must not allocate: no <c>new</c>, no joined texts.
/// Assertions in it count. When its function returns, <see cref="Join"/> does too.
/// </remarks>
public sealed unsafe class Helper
{
    private const int StackPages = 8;
    private const int MaxHelpers = 64;
    private static readonly Helper[] s_helpers = new Helper[MaxHelpers];
    private static int s_count;

    private readonly int _number;
    private readonly Cap<Notification> _done;
    private delegate*<ulong, void> _main;
    private ulong _argument;
    private bool _hasRun;

    /// <summary>Makes a thread of one below the test's own priority, which does not run yet.</summary>
    public Helper()
    {
        _number = s_count++;
        Assert.That(_number < MaxHelpers);
        s_helpers[_number] = this;
        Priority = (byte)(Test.Priority - 1);
        Tcb = Make.Tcb();
        Buffer = Make.Page();
        BufferAddress = Make.Map(Buffer);
        // A signal without a badge could not be told from none by polling.
        _done = Make.Badged(Make.Notification(), 1);
        CSpace = Test.CNode;
        VSpace = Test.VSpace;
        Make.Address();
        for (int page = 0; page < StackPages; page++) StackTop = Make.MappedPage() + 4096;
    }

    public Cap<Tcb> Tcb { get; }

    /// <summary>Change it before the start.</summary>
    public byte Priority { get; set; }

    /// <summary>Where its faults go, as an address of its CSpace; nowhere when null.</summary>
    public CapabilityPointer FaultHandler { get; set; }

    public Cap<CNode> CSpace { get; set; }

    public Cap<Pml4> VSpace { get; set; }

    /// <summary>The page of its IPC buffer, and where that is mapped.</summary>
    public Cap<SmallPage> Buffer { get; }

    public ulong BufferAddress { get; }

    /// <summary>One past the highest byte of its stack.</summary>
    public ulong StackTop { get; }

    /// <summary>Lets it run a function.</summary>
    public void Start(delegate*<ulong, void> main, ulong argument = 0)
    {
        _main = main;
        _argument = argument;
        UserThreadSetup setup = default;
        setup.Tcb = Tcb;
        setup.CSpaceRoot = CSpace;
        setup.VSpaceRoot = VSpace;
        setup.FaultHandler = FaultHandler;
        setup.IpcBufferFrame = Buffer.As<Frame>();
        setup.IpcBufferAddress = BufferAddress;
        setup.StackTop = StackTop;
        setup.Priority = Priority;
        setup.Authority = Test.Tcb;
        Assert.Ok(UserThread.Start(in setup, &Run, (ulong)_number));
    }

    /// <summary>Makes a helper and lets it run a function.</summary>
    public static Helper Begin(delegate*<ulong, void> main, ulong argument = 0)
    {
        Helper helper = new();
        helper.Start(main, argument);
        return helper;
    }

    /// <summary>Waits until its function has returned; at once when that was waited for before.</summary>
    public void Join()
    {
        if (!_hasRun) _done.Wait();
        _hasRun = true;
    }

    /// <summary>Whether its function has returned; does not wait.</summary>
    public bool HasReturned
    {
        get
        {
            if (!_hasRun) _hasRun = _done.Poll().Value != 0;
            return _hasRun;
        }
    }

    private static void Run(ulong number)
    {
        Helper self = s_helpers[number];
        self._main(self._argument);
        self._done.Signal();
        while (true) self.Tcb.Suspend();
    }
}
