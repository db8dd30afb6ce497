// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Untyped;

/// <summary>Zeroing used memory before it is handed out again: order, progress, interruption (ABI §12).</summary>
public sealed class UntypedResetTests : CapabilityTest
{
    private const int Untyped = CapabilityWorld.Untyped;
    private const int First = 30;

    [Fact]
    [Rule("R-UT-16")]
    public unsafe void Boot_memory_is_zeroed_before_its_first_use()
    {
        Assert.NotEqual(0ul, *(ulong*)World.UntypedAddress);
        World.Make(ObjectType.SmallPage, 0, First);
        AssertZero(World.UntypedAddress, 1 << CapabilityWorld.UntypedBits);
        World.CheckFreeMemory();
    }

    [Fact]
    [Rule("R-UT-16")]
    public void Used_memory_is_zeroed_and_no_more_than_was_used()
    {
        World.Make(ObjectType.Untyped, 12, First);
        World.Make(ObjectType.Endpoint, 0, First + 1, 33, First);
        for (int i = 1; i <= 33; i++) Expect.None(World.Delete(First + i));
        World.Machine.Clears.Clear();
        World.Make(ObjectType.Endpoint, 0, First + 1, 1, First);
        ulong start = World.At(First).UntypedAddress;
        Assert.Equal([(start, 528ul)], World.Machine.Clears);
    }

    /// <summary>From the top down, in pieces that end where the kernel looks for interrupts: each hundredth chunk of 256 bytes.</summary>
    [Fact]
    [Rule("R-UT-16", "R-DEL-16")]
    public void Much_memory_is_zeroed_in_pieces_that_end_at_looks_for_interrupts()
    {
        World.Make(ObjectType.Untyped, 17, First);
        World.Make(ObjectType.SmallPage, 0, First + 1, 16, First);
        for (int i = 1; i <= 16; i++) Expect.None(World.Delete(First + i));
        World.Kernel.WorkUnits = 30;
        World.Machine.Clears.Clear();
        World.Make(ObjectType.Endpoint, 0, First + 1, 1, First);
        ulong start = World.At(First).UntypedAddress;
        Assert.Equal(
            [(start + (186 * 256), 70ul * 256), (start + (86 * 256), 100ul * 256), (start, 86ul * 256)], World.Machine.Clears);
        Assert.Equal(86ul, World.Kernel.WorkUnits);
    }

    [Fact]
    [Rule("R-UT-16")]
    public unsafe void A_reused_page_reads_as_zero()
    {
        World.Make(ObjectType.SmallPage, 0, First);
        ulong address = World.At(First).FrameAddress;
        for (int i = 0; i < 512; i++) ((ulong*)address)[i] = 0x1234;
        Expect.None(World.Delete(First));
        World.Make(ObjectType.SmallPage, 0, First);
        Assert.Equal(address, World.At(First).FrameAddress);
        AssertZero(address, 4096);
    }

    [Fact]
    [Rule("R-UT-20")]
    public unsafe void Device_memory_is_never_touched()
    {
        const int Device = CapabilityWorld.DeviceUntyped;
        World.Make(ObjectType.SmallPage, 0, First, 1, Device);
        Assert.Equal(World.DeviceAddress, World.At(First).FrameAddress);
        Expect.None(World.Delete(First));
        World.Make(ObjectType.SmallPage, 0, First, 1, Device);
        Assert.Equal(World.DeviceAddress, World.At(First).FrameAddress);
        Assert.DoesNotContain(World.Machine.Clears, clear => clear.Address >= World.DeviceAddress);
        Assert.Equal(0xa5a5a5a5a5a5a5a5ul, *(ulong*)World.DeviceAddress);
    }

    [Fact]
    [Rule("R-UT-16", "R-DER-08")]
    [Rule("RPC:K4")]
    public void A_copy_of_an_untyped_knows_what_is_dirty()
    {
        World.Make(ObjectType.Untyped, 12, First);
        World.Make(ObjectType.SmallPage, 0, First + 1, 1, First);
        Expect.None(World.Delete(First + 1));
        Expect.None(World.Copy(First, First + 2));
        World.Machine.Clears.Clear();
        World.Make(ObjectType.SmallPage, 0, First + 1, 1, First + 2);
        Assert.Equal(4096ul, ClearedBytes());
        Expect.None(World.Revoke(First));
        World.Machine.Clears.Clear();
        World.Make(ObjectType.SmallPage, 0, First + 1, 1, First);
        Assert.Equal(4096ul, ClearedBytes());
    }

    [Fact]
    [Rule("R-SYS-16", "R-UT-22")]
    public void A_reset_stops_for_an_interrupt_keeps_its_progress_and_makes_nothing_yet()
    {
        World.Machine.IsInterruptPending = static () => true;
        ulong used = UntypedMemory.UsedBytes(World.At(Untyped));
        int rounds = 0;
        while (true)
        {
            SyscallError error = World.InvokeOnce(World.Slot(Untyped), InvocationLabel.UntypedRetype,
                [(ulong)ObjectType.Tcb, 0, 0, 0, First, 2], World.Slot(CapabilityWorld.CNode));
            World.CheckInvariants();
            if (error.CodeByte != SyscallError.PreemptedCode)
            {
                Expect.None(error);
                break;
            }
            rounds++;
            AssertEmpty(First, First + 1);
            ulong left = UntypedMemory.UsedBytes(World.At(Untyped));
            Assert.Equal(PreemptionLimits.UnitsBetweenPolls << PreemptionLimits.ResetChunkBits, used - left);
            used = left;
            World.CheckFreeMemory();
        }
        // 2^20 bytes are 4096 chunks; every hundredth stops.
        Assert.Equal(40, rounds);
        Assert.Equal([CapabilityTag.Tcb, CapabilityTag.Tcb], Tags(First, First + 1));
    }

    [Fact]
    [Rule("R-SYS-16")]
    public void Between_two_looks_for_an_interrupt_at_most_a_hundred_chunks_are_zeroed()
    {
        World.Make(ObjectType.SmallPage, 0, First);
        Assert.True(World.Machine.Polls >= 40);
        Assert.Equal(PreemptionLimits.UnitsBetweenPolls << PreemptionLimits.ResetChunkBits, World.Machine.LongestClear);
    }

    [Fact]
    [Rule("R-UT-14")]
    public void A_refused_retype_zeroes_nothing()
    {
        SyscallError full = SyscallError.NotEnoughMemory(1 << CapabilityWorld.UntypedBits);
        Refused(full, () => World.Retype(Untyped, ObjectType.LargePage, 0, First));
        Assert.Empty(World.Machine.Clears);
    }

    private ulong ClearedBytes() => World.Machine.Clears.Aggregate(0ul, (bytes, clear) => bytes + clear.Bytes);

    private static unsafe void AssertZero(ulong address, int bytes) =>
        Assert.False(new ReadOnlySpan<byte>((void*)address, bytes).ContainsAnyExcept((byte)0));
}
