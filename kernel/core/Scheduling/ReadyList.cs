// SPDX-License-Identifier: BSD-2-Clause

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>The queues of threads that are ready but do not run: one for each priority, with a bitmap to find the highest.</summary>
/// <remarks>
/// The running thread is in no queue. Putting in a thread that is already queued, or taking out one that is not, does
/// nothing. All operations take constant time. Stores of zero to neighbouring words are kept apart by other stores, because
/// the compiler would merge two of them into one vector store.
/// </remarks>
internal static class ReadyList
{
    /// <summary>Puts a thread before the others of its priority.</summary>
    public static void Prepend(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        if (thread.IsQueued != 0) return;
        ref ReadyQueue queue = ref kernel.Ready[thread.Priority];
        Ref<Tcb> head = queue.Head;
        thread.SchedulePrevious = default;
        queue.Head = tcb;
        thread.ScheduleNext = head;
        if (head.IsNull)
        {
            queue.Tail = tcb;
            Mark(ref kernel, thread.Priority);
        }
        else
        {
            head.Value.SchedulePrevious = tcb;
        }

        thread.IsQueued = 1;
    }

    /// <summary>Puts a thread behind the others of its priority.</summary>
    public static void Append(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        if (thread.IsQueued != 0) return;
        ref ReadyQueue queue = ref kernel.Ready[thread.Priority];
        Ref<Tcb> tail = queue.Tail;
        thread.ScheduleNext = default;
        queue.Tail = tcb;
        thread.SchedulePrevious = tail;
        if (tail.IsNull)
        {
            queue.Head = tcb;
            Mark(ref kernel, thread.Priority);
        }
        else
        {
            tail.Value.ScheduleNext = tcb;
        }

        thread.IsQueued = 1;
    }

    /// <summary>Takes a thread out.</summary>
    public static void Remove(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        if (thread.IsQueued == 0) return;
        ref ReadyQueue queue = ref kernel.Ready[thread.Priority];
        Ref<Tcb> next = thread.ScheduleNext;
        Ref<Tcb> previous = thread.SchedulePrevious;
        thread.ScheduleNext = default;
        if (previous.IsNull) queue.Head = next;
        else previous.Value.ScheduleNext = next;
        thread.SchedulePrevious = default;
        if (next.IsNull) queue.Tail = previous;
        else next.Value.SchedulePrevious = previous;
        thread.IsQueued = 0;
        if (queue.Head.IsNull) Unmark(ref kernel, thread.Priority);
    }

    /// <summary>The first thread of the highest priority that has one; null when nobody is ready.</summary>
    public static Ref<Tcb> First(ref KernelState kernel)
    {
        if (kernel.ReadySummary == 0) return default;
        return kernel.Ready[HighestPriority(ref kernel)].Head;
    }

    /// <summary>True when no ready thread has a higher priority than <paramref name="priority"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHighest(ref KernelState kernel, int priority) =>
        kernel.ReadySummary == 0 || priority >= HighestPriority(ref kernel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HighestPriority(ref KernelState kernel)
    {
        int word = BitOperations.Log2(kernel.ReadySummary);
        // The mask tells the compiler that the index is in range.
        return (word << 6) | BitOperations.Log2(kernel.ReadyBits[word & 3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mark(ref KernelState kernel, int priority)
    {
        kernel.ReadyBits[priority >> 6] |= 1ul << (priority & 63);
        kernel.ReadySummary |= 1ul << (priority >> 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Unmark(ref KernelState kernel, int priority)
    {
        ulong left = kernel.ReadyBits[priority >> 6] & ~(1ul << (priority & 63));
        kernel.ReadyBits[priority >> 6] = left;
        if (left == 0) kernel.ReadySummary &= ~(1ul << (priority >> 6));
    }
}
