// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;
using Arch = Kernel.X64.X64<Kernel.Sim.SimMachine>;

namespace Kernel.Tests.VSpace;

/// <summary>Which frames may be IPC buffers, and where the kernel finds them (ABI §10.2).</summary>
public sealed class IpcBufferTests : IDisposable
{
    private readonly VSpaceWorld _space = new();

    private RootTaskWorld World => _space.World;

    [Fact]
    [Rule("R-TCB-21", "R-UT-19")]
    public void Neither_other_objects_nor_device_frames_are_buffers()
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        // A crooked address is judged after the frame.
        SetBuffer(tcb, InitialSlot.CNode, 0x1001).MustBe(ErrorCode.IllegalOperation);
        SetBuffer(tcb, InitialSlot.Null, 0x1000).MustBe(ErrorCode.IllegalOperation);
        SetBuffer(tcb, _space.MakeDevicePage(ObjectType.SmallPage), 0x1001).MustBe(ErrorCode.IllegalOperation);
    }

    [Theory]
    [Rule("R-TCB-22")]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(512)]
    [InlineData(0x1200)]
    public void A_buffer_lies_at_a_multiple_of_1024(ulong address)
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        SetBuffer(tcb, World.Make(ObjectType.SmallPage), address).MustBe(ErrorCode.AlignmentError);
        Assert.Equal(0ul, Lookup(tcb, forReceive: false));
    }

    [Theory]
    [Rule("R-TCB-23", "R-TCB-24")]
    [InlineData(0x7000_0000, 0)]
    [InlineData(0x7000_0c00, 0xc00)]
    [InlineData(0xffff_8000_0000_0400, 0x400)]
    public void A_buffer_is_found_by_frame_and_offset_whatever_is_mapped(ulong address, ulong offset)
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        ulong frame = World.Make(ObjectType.SmallPage);
        SetBuffer(tcb, frame, address).MustSucceed();
        Assert.Equal(World.At(frame).FrameAddress + offset, Lookup(tcb, forReceive: true));
        Assert.Equal(World.At(frame).FrameAddress + offset, Lookup(tcb, forReceive: false));
    }

    [Fact]
    [Rule("R-TCB-23")]
    public void A_buffer_may_lie_anywhere_in_a_large_page()
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        ulong frame = World.Make(ObjectType.LargePage);
        SetBuffer(tcb, frame, 0x4012_3400).MustSucceed();
        Assert.Equal(World.At(frame).FrameAddress + 0x12_3400, Lookup(tcb, forReceive: true));
    }

    [Theory]
    [Rule("R-TCB-25")]
    [InlineData(15, true, true)]
    [InlineData(3, true, true)]
    [InlineData(2, true, false)]
    [InlineData(1, false, false)]
    [InlineData(0, false, false)]
    public void A_receiver_needs_a_writable_buffer_and_a_sender_a_readable_one(ulong rights, bool canSend, bool canReceive)
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        ulong frame = World.Copy(World.Make(ObjectType.SmallPage), (CapRights)rights);
        SetBuffer(tcb, frame, 0x1000).MustSucceed();
        Assert.Equal(canSend, Lookup(tcb, forReceive: false) != 0);
        Assert.Equal(canReceive, Lookup(tcb, forReceive: true) != 0);
    }

    [Fact]
    [Rule("R-TCB-20")]
    public void Address_zero_takes_the_buffer_away()
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        ulong frame = World.Make(ObjectType.SmallPage);
        SetBuffer(tcb, frame, 0x1000).MustSucceed();
        SetBuffer(tcb, frame, 0).MustSucceed();
        Assert.Equal(0ul, Lookup(tcb, forReceive: true));
    }

    [Fact]
    [Rule("R-TCB-19")]
    public void A_vspace_root_needs_a_number()
    {
        ulong tcb = World.Make(ObjectType.Tcb);
        ulong root = World.Make(ObjectType.Pml4);
        Configure(tcb, root).MustBe(ErrorCode.IllegalOperation);
        Configure(tcb, World.Make(ObjectType.Pdpt)).MustBe(ErrorCode.IllegalOperation);
        World.Call(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], root).MustSucceed();
        Configure(tcb, root).MustSucceed();
    }

    [Fact]
    public void The_kernel_reads_user_memory_for_its_reports_in_ram_alone()
    {
        const ulong Place = 0x200_4000_0000;
        ref Tcb root = ref World.Root.Value;
        ulong frame = _space.MakeMappedPage();
        World.Machine.Memory.WriteWord(_space.AddressOf(frame) + 0x38, 0x1234);
        Assert.True(Arch.TryReadUserWord(ref World.State, ref root, VSpaceWorld.Empty + 0x38, out ulong value));
        Assert.Equal(0x1234ul, value);
        Assert.False(Arch.TryReadUserWord(ref World.State, ref root, VSpaceWorld.Empty + 0x34, out _));
        Assert.False(Arch.TryReadUserWord(ref World.State, ref root, VSpaceWorld.Empty + 0x1000, out _));
        Assert.False(Arch.TryReadUserWord(ref World.State, ref root, SimHardware.KernelHalfAddress, out _));
        // Device memory far above the window: a read would bring the kernel down.
        _space.BuildTables(Place, 30);
        ulong untyped = World.BootInfo(BootInfoLayout.Untyped);
        while (World.At(untyped + 1).UntypedIsDevice) untyped++;
        _space.MapPage(World.MakeFrom(untyped, ObjectType.HugePage), Place).MustSucceed();
        Assert.False(Arch.TryReadUserWord(ref World.State, ref root, Place, out _));
    }

    public void Dispose() => _space.Dispose();

    private WorldAnswer SetBuffer(ulong tcb, ulong frame, ulong address) =>
        World.Call(tcb, InvocationLabel.TcbSetIpcBuffer, [address], frame);

    private WorldAnswer Configure(ulong tcb, ulong root) => World.Call(
        tcb, InvocationLabel.TcbConfigure, [0, 0, 0, 0], InitialSlot.CNode, root, InitialSlot.IpcBufferFrame);

    private ulong Lookup(ulong tcb, bool forReceive) =>
        Arch.LookupIpcBuffer(ref new Ref<Tcb>(World.At(tcb).TcbAddress).Value, forReceive);
}
