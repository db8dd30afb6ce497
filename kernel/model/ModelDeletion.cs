// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Linq;
using Sel4.Abi;

namespace Kernel.Model;

// What deleting and revoking does, all of it at once (R-DEL, R-DER, ABI-21.3).
public sealed partial class ModelKernel
{
    /// <summary>Empties a slot; when it held the last capability to an object, that is the end of the object.</summary>
    private void Delete(ModelSlot slot)
    {
        if (slot.Cap is not { } cap) return;
        bool isLast = cap.Target is { } target && cap.Type != CapabilityTypeTag.Reply && target.Capabilities.Count == 1;
        // Mapped pages leave with each capability, tables and machine things with the last (R-DEL-09, R-DEL-10).
        if (cap.Type == CapabilityTypeTag.Frame) UnmapFrame(cap);
        if (!isLast)
        {
            ModelFamily.Remove(slot);
            return;
        }

        // Out of its slot first: what lies inside the object may lead back to it (R-DEL-06, R-DEL-07).
        ModelFamily.Remove(slot);
        End(cap);
    }

    private void End(ModelCap cap)
    {
        switch (cap.Target)
        {
            case ModelEndpoint endpoint:
                RestartAll(endpoint.Queue);
                break;
            case ModelNotification notification:
                if (notification.Bound is { } bound) bound.Bound = null;
                notification.Bound = null;
                RestartAll(notification.Waiters);
                break;
            case ModelNode node:
                foreach (ModelSlot slot in node.Slots) Delete(slot);
                Nodes.Remove(node.Address);
                break;
            case ModelThread thread:
                if (thread.Bound is { } own) own.Bound = null;
                thread.Bound = null;
                Suspend(thread);
                foreach (ModelSlot slot in thread.Slots) Delete(slot);
                Threads.Remove(thread.Address);
                break;
            case ModelTable table:
                EndTable(cap, table);
                break;
            case ModelAsidPool pool:
                if (AsidPools[pool.FirstAsid / PoolSize] == pool) AsidPools[pool.FirstAsid / PoolSize] = null;
                break;
            case ModelInterrupt interrupt:
                Delete(InterruptSlots[interrupt.Address]);
                Interrupts.Remove(interrupt.Address);
                break;
            case ModelPorts ports:
                Ports.Remove(ports);
                break;
            default:
                break;
        }
    }

    /// <summary>Threads that waited for what is gone repeat their calls (R-DEL-02, R-DEL-03).</summary>
    private void RestartAll(List<ModelThread> waiting)
    {
        foreach (ModelThread thread in waiting.ToArray()) Restart(thread, waiting);
        KeepsRunning = false;
    }

    private static void Restart(ModelThread thread, List<ModelThread> queue)
    {
        queue.Remove(thread);
        thread.Fault = null;
        thread.BlockedOn = null;
        thread.State = ModelThreadState.Restart;
    }

    /// <summary>Removes all descendants; the capability itself stays (R-DER-10).</summary>
    private void Revoke(ModelSlot slot)
    {
        while (slot.Children.Count > 0) Delete(slot.Children[0]);
    }
}
