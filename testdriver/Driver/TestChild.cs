// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Allocators;
using Sel4.RootServer;

namespace Sel4.TestDriver;

/// <summary>The process of the running test: what it was made of, and what the driver keeps of it. TD:§3, TD:§10.</summary>
/// <remarks>One record serves all tests, one after the other; the generation in the badges tells them apart (TD:P5).</remarks>
internal sealed class TestChild(OwnResources own)
{
    /// <summary>log2 slots of a test's CNode.</summary>
    public const int CNodeRadix = 17;

    /// <summary>log2 bytes of the memory from which each test's untypeds are cut.</summary>
    public const int MemoryBits = 23;

    private const int ChunkBits = 20;
    private const int Index = 0;

    private readonly OwnResources _own = own;

    /// <summary>What a test may hold by RPC at one time: the limits of a child of which a description says nothing, but fewer.</summary>
    public static readonly QuotaDescription Limits = new()
    {
        RamKib = 32 * 1024, DeviceKib = 16 * 1024, Grants = 512, Slots = 1024, Irqs = 4, PortRanges = 4, BookkeepingBytes = 1 << 20,
    };

    /// <summary>log2 bytes of the pieces that a test gets, largest first.</summary>
    public static readonly byte[] UntypedBits = [22, 21, 20, 18, 16, 14, 13, 12];

    /// <summary>Everything that the process consists of.</summary>
    public Arena Arena { get; } = new(own.Memory, own.Space, ChunkBits);

    /// <summary>What it may ask for by RPC, and what it holds.</summary>
    public ChildSession Session { get; } = new(null, OpenHardware());

    public uint Generation { get; private set; } = 1;

    // Slots of the driver's CSpace; 0 for none.
    public uint CNode { get; set; }

    public uint VSpace { get; set; }

    public uint Tcb { get; set; }

    public uint IpcBuffer { get; set; }

    public uint StartupFrame { get; set; }

    /// <summary>By which the driver signals it; with a badge.</summary>
    public uint Timer { get; set; }

    /// <summary>Badged endpoints in adjacent slots: service, fault, exit.</summary>
    public uint Endpoints { get; set; }

    /// <summary>The lowest page of its stack; the others follow.</summary>
    public uint StackFrames { get; set; }

    /// <summary>The memory from which the test's untypeds are cut, and their slots.</summary>
    public UntypedBlock Memory { get; private set; }

    public uint Pieces { get; private set; }

    /// <summary>A slot for short use.</summary>
    public uint Spare { get; private set; }

    /// <summary>A device frame for tests; 0 when there is none.</summary>
    public uint DeviceFrame { get; private set; }

    public ulong OwnerId => ((ulong)Generation << 16) | Index;

    /// <summary>Takes what outlives tests; null when it worked.</summary>
    public string? Prepare()
    {
        Session.Close();
        if (_own.Memory.Allocate(MemoryBits, out UntypedBlock memory) != AllocationError.None) return "there is no memory for tests";
        if (!_own.Space.Slots.TryAllocateRun(UntypedBits.Length, out uint pieces)) return "there are no slots for the memory of tests";
        if (!_own.Space.Slots.TryAllocate(out uint spare)) return "there is no slot to spare";
        Memory = memory;
        Pieces = pieces;
        Spare = spare;
        TakeDeviceFrame();
        return null;
    }

    public ulong BadgeOf(BadgeClass badgeClass) => ChildBadge.Make(badgeClass, Index, Generation);

    /// <summary>Whether a badge is that of the running test, and not of one before.</summary>
    public bool Owns(ulong badge) => badge == BadgeOf(ChildBadge.ClassOf(badge));

    /// <summary>The record is for another process from here on.</summary>
    public void Forget()
    {
        CNode = VSpace = Tcb = IpcBuffer = StartupFrame = Timer = Endpoints = StackFrames = 0;
        Generation++;
    }

    /// <summary>A page of the old text screen: device memory that nothing else uses.</summary>
    private void TakeDeviceFrame()
    {
        const ulong TextScreen = 0xb_8000;
        if (_own.Memory.AllocateAt(TextScreen, AbiConstants.PageBits, out UntypedBlock block) != AllocationError.None) return;
        if (!_own.Space.Slots.TryAllocate(out uint slot)) return;
        if (OwnCSpace.Retype(block.Slot, ObjectType.SmallPage, 0, slot, 1).IsOk) DeviceFrame = slot;
    }

    private static HardwareManifest OpenHardware() => new(new ChildDescription { Hardware = HardwareMode.Open }, new());
}
