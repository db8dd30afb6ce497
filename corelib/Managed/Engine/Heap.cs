// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Internal.Runtime;

/// <summary>The arena that every object comes from and nothing returns to.</summary>
/// <remarks>
/// The fast path is Runtime.S: it moves a pointer. Here is what happens when the segment is used up. The first segment is part of
/// the image; more come from <c>runtime_heap_extend</c>, which must give zeroed memory aligned to 16 bytes. Only
/// one thread of a program may allocate.
/// </remarks>
internal static unsafe class Heap
{
    private const int FirstSegmentBytes = 64 * 1024;
    private const int BlockBytes = 64;
    private const int BlockPoolBytes = 128 * BlockBytes;

    /// <summary>The pair of words that Runtime.S cuts objects from.</summary>
    private struct Arena
    {
        internal byte* Next;
        internal byte* Limit;
    }

    [InlineArray(FirstSegmentBytes / sizeof(ulong))]
    private struct FirstSegment
    {
        private ulong _first;
    }

    private static FirstSegment s_firstSegment;
    private static ulong s_bytesBefore;
    private static byte* s_segmentStart;
    private static long s_nextBlock;
    private static long s_lastBlock;

    /// <summary>Bytes given out since the start.</summary>
    internal static ulong AllocatedBytes => s_bytesBefore + (ulong)(Current->Next - s_segmentStart);

    private static Arena* Current => (Arena*)ArenaAddress();

    /// <summary>Makes the segment within the image the current one. Must run before the first allocation.</summary>
    internal static void Initialize()
    {
        byte* start = (byte*)Unsafe.AsPointer(ref s_firstSegment);
        Use(start, start + FirstSegmentBytes - BlockPoolBytes);
        s_nextBlock = (long)start + FirstSegmentBytes - BlockPoolBytes;
        s_lastBlock = (long)start + FirstSegmentBytes - BlockBytes;
    }

    private static void Use(byte* start, byte* limit)
    {
        s_segmentStart = start;
        Current->Next = start;
        Current->Limit = limit;
    }

    /// <summary>Allocates when the current segment is too short.</summary>
    [RuntimeExport("corelib_new_slow")]
    private static void* NewSlow(MethodTable* type, nuint bytes, nuint address)
    {
        nuint granted = 0;
        byte* segment = (byte*)Extend(bytes, &granted);
        if (segment is null || granted < bytes) Failure.OutOfMemory(address);
        byte* limit = segment + granted;
        if (segment == Current->Limit)
        {
            segment = Current->Next;
            Current->Limit = limit;
        }
        else if (granted - bytes > (nuint)(Current->Limit - Current->Next))
        {
            s_bytesBefore = AllocatedBytes;
            Use(segment, limit);
        }
        else
        {
            // The rest of the old segment is larger than that of the new one: the object takes the new one for itself.
            s_bytesBefore += bytes;
            *(MethodTable**)segment = type;
            return segment;
        }
        Current->Next = segment + bytes;
        *(MethodTable**)segment = type;
        return segment;
    }

    /// <summary>64 zeroed bytes for the engine itself, never an object. The first ones may be asked for by any thread.</summary>
    internal static void* NewBlock()
    {
        long block = Interlocked.Add(ref s_nextBlock, BlockBytes) - BlockBytes;
        if (block <= s_lastBlock) return (void*)(nint)block;
        byte* next = Current->Next;
        if (Current->Limit - next < BlockBytes) return NewSlow(null, BlockBytes, 0);
        Current->Next = next + BlockBytes;
        return next;
    }

    /// <summary>Allocates an array or a string.</summary>
    [RuntimeImport("*", "RhpNewArrayFast")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object NewArray(MethodTable* type, nint length);

    /// <summary>Allocates an object.</summary>
    [RuntimeImport("*", "RhpNewFast")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object NewObject(MethodTable* type);

    [RuntimeImport("*", "corelib_arena_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void* ArenaAddress();

    [RuntimeImport("*", "runtime_heap_extend")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void* Extend(nuint minimumBytes, nuint* grantedBytes);
}
