// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>The queue of threads at an endpoint or a notification: first in, first out (R-IPC-05, R-IPC-06, R-NTFN-05).</summary>
/// <remarks>
/// Both objects begin with the head, whose low two bits are the object's state, and the tail. State 0 means idle for both;
/// an empty queue always makes the object idle, so that an object never keeps a direction without a waiter (R-IPC-23).
/// </remarks>
internal static class WaitQueue
{
    private const ulong StateMask = 3;

    /// <summary>Puts a thread at the end and sets the object's state.</summary>
    public static void Append(ref ulong headAndState, ref Ref<Tcb> tail, Ref<Tcb> tcb, ulong state)
    {
        ref Tcb thread = ref tcb.Value;
        Ref<Tcb> last = tail;
        thread.QueuePrevious = last;
        tail = tcb;
        thread.QueueNext = default;
        if (last.IsNull)
        {
            headAndState = tcb.Address | state;
            return;
        }

        last.Value.QueueNext = tcb;
        Require.That((headAndState & StateMask) == state);
    }

    /// <summary>Takes a thread out, wherever in the queue it is.</summary>
    public static void Remove(ref ulong headAndState, ref Ref<Tcb> tail, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        Ref<Tcb> next = thread.QueueNext;
        Ref<Tcb> previous = thread.QueuePrevious;
        thread.QueueNext = default;
        if (next.IsNull) tail = previous;
        else next.Value.QueuePrevious = previous;
        thread.QueuePrevious = default;
        if (!previous.IsNull) previous.Value.QueueNext = next;
        else headAndState = next.IsNull ? 0 : next.Address | (headAndState & StateMask);
    }
}
