// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>The heap of a process, its slots, and where blocks of memory lie.</summary>
[Tests(Tags = "rpc")]
internal static unsafe class Allocation
{
    private static readonly RpcClient s_client = RpcClient.FromEnvironment();

    [Test("The heap grows by requests, and objects keep their values", Rules = "AL:V4", Requires = "heap", Tags = "heap")]
    internal static void HEAP0001()
    {
        byte[][] blocks = new byte[32][];
        for (int index = 0; index < blocks.Length; index++)
        {
            blocks[index] = new byte[16 * 1024];
            blocks[index][0] = (byte)index;
            blocks[index][blocks[index].Length - 1] = (byte)~index;
        }

        for (int index = 0; index < blocks.Length; index++)
        {
            Check.Equal((ulong)index, blocks[index][0]);
            Check.Equal((ulong)(byte)~index, blocks[index][blocks[index].Length - 1]);
        }
    }

    [Test("A large object gets large memory", Rules = "AL:V3", Requires = "heap", Tags = "heap")]
    internal static void HEAP0002()
    {
        ulong[] words = new ulong[512 * 1024];
        for (int index = 0; index < words.Length; index += 512) words[index] = (ulong)index;
        for (int index = 0; index < words.Length; index += 512)
            if (words[index] != (ulong)index) Assert.Fail("a word has changed");
    }

    [Test("Slots of the grant window are used again only after all others", Rules = "AL:L3", Tags = "allocator")]
    internal static void ALLOC0001()
    {
        ProcessSlots slots = new();
        Check.That(slots.TryAcquire(out CapabilityPointer first, out _));
        slots.Release(first);
        Check.That(slots.TryAcquire(out CapabilityPointer second, out _));
        Check.That(first.Value != second.Value);
        slots.Release(second);
    }

    [Test("A run of slots follows each other, and all are empty", Rules = "AL:L11", Tags = "allocator")]
    internal static void ALLOC0002()
    {
        int before = ProcessSlots.FreeCount;
        Check.That(ProcessSlots.TryAcquireRun(64, out CapabilityPointer first));
        Check.Equal(before - 64, ProcessSlots.FreeCount);
        ProcessSlots slots = new();
        for (ulong slot = 0; slot < 64; slot++)
        {
            Check.That(Ask.IsEmpty(first.Value + slot));
            slots.Release(first + slot);
        }

        Check.Equal(before, ProcessSlots.FreeCount);
    }

    [Test("More slots than the window has are refused", Rules = "AL:L1", Tags = "allocator")]
    internal static void ALLOC0003()
    {
        Check.That(!ProcessSlots.TryAcquireRun(5000, out _));
        Check.That(ProcessSlots.FreeCount > 1000);
    }

    [Test("Blocks are natural: their address is a multiple of their size", Rules = "AL:U2", Tags = "allocator")]
    internal static void ALLOC0004()
    {
        for (int bits = 12; bits <= 20; bits++)
        {
            Assert.That(s_client.AllocateUntyped(bits, out Grant memory).IsOk);
            Check.Equal(0ul, memory.PhysicalAddress.Value & ((1ul << bits) - 1));
            Check.That(s_client.Free(memory).IsOk);
        }
    }

    [Test("Blocks of many sizes do not overlap", Rules = "AL:A3", Tags = "allocator")]
    internal static void ALLOC0005()
    {
        Grant[] grants = new Grant[48];
        for (int index = 0; index < grants.Length; index++)
            Assert.That(s_client.AllocateUntyped(6 + (index * 7 % 12), out grants[index]).IsOk);
        for (int one = 0; one < grants.Length; one++)
            for (int other = 0; other < one; other++)
                if (Overlap(grants[one], grants[other])) Assert.Fail("two blocks overlap");
        for (int index = 0; index < grants.Length; index++) Check.That(s_client.Free(grants[index]).IsOk);
    }

    [Test("The same request sequence gets the same addresses when all was given back", Rules = "AL:U11", Tags = "allocator")]
    internal static void ALLOC0006()
    {
        ulong first = Sequence();
        Check.Equal(first, Sequence());
    }

    private static ulong Sequence()
    {
        Assert.That(s_client.AllocateUntyped(12, out Grant first).IsOk);
        Assert.That(s_client.AllocateUntyped(14, out Grant second).IsOk);
        ulong sum = first.PhysicalAddress.Value ^ (second.PhysicalAddress.Value << 1);
        Check.That(s_client.Free(first).IsOk && s_client.Free(second).IsOk);
        return sum;
    }

    private static bool Overlap(in Grant one, in Grant other)
    {
        ulong start = one.PhysicalAddress.Value;
        ulong otherStart = other.PhysicalAddress.Value;
        return start < otherStart + (1ul << other.SizeBits) && otherStart < start + (1ul << one.SizeBits);
    }
}
