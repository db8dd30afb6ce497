// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Fuzz;
using Sel4.Abi;

namespace Sel4.Fuzz;

/// <summary>A thread that does what its records say. Its memory is laid out as image/Victim.S expects.</summary>
internal sealed unsafe class Victim(int number)
{
    public const byte Priority = 100;
    private const ulong PageBytes = 4096;

    /// <summary>No number that records hold often: a page can be mapped over another (R-VS-08), and these have to stay.</summary>
    private const ulong FirstAddress = 0x12_3450_0000;
    private const ulong Spacing = 0x10_0000;
    private const ulong Window = 0x20_0000_0000;
    private const int StatePage = 1;
    private const int DoneWord = 2;
    private const int RecordPage = 2;
    private const int BufferPageNumber = 6;
    private const int PageCount = 7;


    private const ulong UsualFlags = 0x202;

    // Program counter, stack pointer and flags: a victim may have set the flag that stops it after each instruction.
    private readonly ulong[] _entry = [FirstAddress + ((ulong)number * Spacing), 0, UsualFlags];
    private readonly int _number = number;
    private Cap<CNode> _node;
    private CNodeGuard _guard;
    private Cap<Pml4> _space;
    private int _counted;
    private ulong _lastSeen;

    /// <summary>Makes it, and its memory, out of the memory of the present world.</summary>
    public void Build(Cap<CNode> node, CNodeGuard guard, Cap<Pml4> space)
    {
        _node = node;
        _guard = guard;
        _space = space;
        Tcb = new Cap<Tcb>(Ground.Make(Ground.World, ObjectType.Tcb));
        ulong frame = Ground.Copy(ImageFrame(VictimImage.Page()));
        Ground.Map(space, new Cap<SmallPage>(frame), Address, CapRights.Read, Ground.World);
        for (int page = StatePage; page < PageCount; page++)
        {
            frame = Ground.Make(Ground.World, ObjectType.SmallPage).Value;
            Ground.Map(space, new Cap<SmallPage>(frame), Address + ((ulong)page * PageBytes), CapRights.ReadWrite, Ground.World);
            ulong copy = Ground.Copy(frame);
            Ground.Map(InitialThread.VSpace, new Cap<SmallPage>(copy), InWindow(page), CapRights.ReadWrite, Ground.Keep);
            if (page == BufferPageNumber) BufferPage = frame;
        }

        _counted = Records.Count;
        State = Records.Count;
    }

    public Cap<Tcb> Tcb { get; private set; }

    /// <summary>Slot of the page with its IPC buffer.</summary>
    public ulong BufferPage { get; private set; }

    /// <summary>Whether it has executed all of its records.</summary>
    public bool IsDone => State >= Records.Count;

    /// <summary>Calls answered without an error since the world was made, unless some victim wrote here.</summary>
    public ulong Done => ((ulong*)InWindow(StatePage))[DoneWord];

    /// <summary>Calls answered with an error.</summary>
    public ulong Refused => ((ulong*)InWindow(StatePage))[DoneWord + 1];

    private ulong Address => FirstAddress + ((ulong)_number * Spacing);

    private ref ulong State => ref *(ulong*)InWindow(StatePage);

    private static ulong ImageStart
    {
        get
        {
            BootInfo info = ProcessEnvironment.BootInfo;
            return info.IpcBufferAddress - (info.UserImageFrames.Count * PageBytes);
        }
    }

    /// <summary>Slot of the page of this program's image at an address.</summary>
    public static ulong ImageFrame(ulong address) =>
        ProcessEnvironment.BootInfo.UserImageFrames.Start + ((address - ImageStart) / PageBytes);

    /// <summary>Makes the tables of the window by mapping a page there for a moment.</summary>
    public static void ReserveWindow(Cap<SmallPage> page)
    {
        for (int number = 0; number < World.Victims; number++)
        {
            Ground.Map(InitialThread.VSpace, page, Window + ((ulong)number * Spacing), CapRights.ReadWrite, Ground.Keep);
            Ground.Check(page.Unmap(), "a page cannot be unmapped");
        }
    }

    /// <summary>How many records it has executed since the last time that this was asked: system calls, and others.</summary>
    public (ulong Calls, ulong Others) Count()
    {
        // Victims write to each other's memory, this word included.
        int now = (int)Math.Min(State, Records.Count);
        ulong calls = 0;
        ulong others = 0;
        for (int i = _counted; i < now; i++)
        {
            if (Records.IsCall(InWindow(RecordPage), i)) calls++;
            else others++;
        }

        _counted = Math.Max(_counted, now);
        return (calls, others);
    }

    /// <summary>Whether it has not begun a record since the last time that this was asked.</summary>
    public bool StandsStill()
    {
        bool result = State == _lastSeen;
        _lastSeen = State;
        return result;
    }

    /// <summary>New records, and everything that others may have taken from it.</summary>
    public void Refill(FuzzRandom random)
    {
        Records.Fill(InWindow(RecordPage), random);
        State = 0;
        _counted = 0;
        Restore();
    }

    /// <summary>Gives it back its spaces, buffer and priority, and lets it go on with the next record.</summary>
    public void Restore()
    {
        CapabilityPointer handler = new(World.FaultHandlerOf(_number));
        Ground.Check(Tcb.SetSpace(handler, _guard, 0, _node, _space), "a victim gets no spaces");
        ulong buffer = Address + (BufferPageNumber * PageBytes);
        Ground.Check(Tcb.SetIpcBuffer(buffer, new Cap<Frame>(BufferPage)), "a victim gets no buffer");
        Ground.Check(Tcb.SetSchedParams(Priority, Priority, InitialThread.Tcb), "a victim gets no priority");
        Ground.Check(Tcb.WriteRegisters(_entry, RegisterWriting.Resume), "a victim does not go on");
    }

    private ulong InWindow(int page) => Window + ((ulong)_number * Spacing) + ((ulong)page * PageBytes);
}
