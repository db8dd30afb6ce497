// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A thread. ABI-10. Invocations on plain pointers.</summary>
public static class TcbInvocation
{
    /// <summary>Copies groups of registers from another thread.</summary>
    /// <remarks>Label 4. Errors in order of check: TruncatedMessage: no word, or no capability; InvalidCapability(1): the source is no thread.</remarks>
    /// <param name="flags">Bit 0: suspend the source, 1: resume the target, 2: copy the frame group, 3: copy the integer group.</param>
    /// <param name="source">Where they come from.</param>
    public static Sel4Error CopyRegisters(CapabilityPointer capability, ulong flags, CapabilityPointer source)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = flags;
        buffer.SetCapability(0, source);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbCopyRegisters, 0, 1, 1), buffer);
    }

    /// <summary>Sets fault handler, CSpace, VSpace and IPC buffer.</summary>
    /// <remarks>Label 5. Errors in order of check: TruncatedMessage: fewer than 4 words, or fewer than 3 capabilities; IllegalOperation: a buffer is given and the capability is no frame, or one of a device; AlignmentError: the buffer is not aligned to 1024 bytes; IllegalOperation: a root of the thread is in the middle of a deletion; IllegalOperation: the CSpace root is no CNode, or the guard does not fit; IllegalOperation: the VSpace root is no PML4 with an ASID.</remarks>
    /// <param name="faultHandler">Looked up in the thread's own CSpace when it faults; 0 = none.</param>
    /// <param name="cspaceData">Guard for the CSpace root; 0 = leave it.</param>
    /// <param name="vspaceData">Has no meaning on x86.</param>
    /// <param name="bufferAddress">User address of the IPC buffer; 0 = none.</param>
    /// <param name="cspaceRoot">Root of the CSpace.</param>
    /// <param name="vspaceRoot">Root of the VSpace.</param>
    /// <param name="bufferFrame">The frame that holds the buffer.</param>
    public static Sel4Error Configure(CapabilityPointer capability, CapabilityPointer faultHandler, CNodeGuard cspaceData, ulong vspaceData, ulong bufferAddress, CapabilityPointer cspaceRoot, CapabilityPointer vspaceRoot, CapabilityPointer bufferFrame)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = faultHandler.Value;
        buffer[1] = cspaceData.Word;
        buffer[2] = vspaceData;
        buffer[3] = bufferAddress;
        buffer.SetCapability(0, cspaceRoot);
        buffer.SetCapability(1, vspaceRoot);
        buffer.SetCapability(2, bufferFrame);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbConfigure, 0, 3, 4), buffer);
    }

    /// <summary>Sets the priority.</summary>
    /// <remarks>Label 6. Errors in order of check: TruncatedMessage: no word, or no capability; InvalidCapability(1): the authority is no thread; RangeError(0, maximum): the value is above the authority's maximum.</remarks>
    /// <param name="priority">Not above the authority's maximum.</param>
    /// <param name="authority">A thread whose maximum is the limit.</param>
    public static Sel4Error SetPriority(CapabilityPointer capability, ulong priority, CapabilityPointer authority)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = priority;
        buffer.SetCapability(0, authority);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetPriority, 0, 1, 1), buffer);
    }

    /// <summary>Sets the highest priority that the thread can hand out.</summary>
    /// <remarks>Label 7. Errors in order of check: TruncatedMessage: no word, or no capability; InvalidCapability(1): the authority is no thread; RangeError(0, maximum): the value is above the authority's maximum.</remarks>
    /// <param name="maximumControlledPriority">Not above the authority's own.</param>
    /// <param name="authority">A thread whose maximum is the limit.</param>
    public static Sel4Error SetMcPriority(CapabilityPointer capability, ulong maximumControlledPriority, CapabilityPointer authority)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = maximumControlledPriority;
        buffer.SetCapability(0, authority);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetMcPriority, 0, 1, 1), buffer);
    }

    /// <summary>Sets both priorities.</summary>
    /// <remarks>Label 8. Errors in order of check: TruncatedMessage: fewer than 2 words, or no capability; InvalidCapability(1): the authority is no thread; RangeError(0, maximum): the first value is above the authority's maximum; RangeError(0, maximum): the second value is above the authority's maximum.</remarks>
    /// <param name="maximumControlledPriority">Not above the authority's own.</param>
    /// <param name="priority">Not above it either.</param>
    /// <param name="authority">A thread whose maximum is the limit.</param>
    public static Sel4Error SetSchedParams(CapabilityPointer capability, ulong maximumControlledPriority, ulong priority, CapabilityPointer authority)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = maximumControlledPriority;
        buffer[1] = priority;
        buffer.SetCapability(0, authority);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetSchedParams, 0, 1, 2), buffer);
    }

    /// <summary>Sets the IPC buffer.</summary>
    /// <remarks>Label 9. Errors in order of check: TruncatedMessage: no word, or no capability; IllegalOperation: a buffer is given and the capability is no frame, or one of a device; AlignmentError: the buffer is not aligned to 1024 bytes.</remarks>
    /// <param name="bufferAddress">User address; 0 = none.</param>
    /// <param name="bufferFrame">The frame that holds it.</param>
    public static Sel4Error SetIpcBuffer(CapabilityPointer capability, ulong bufferAddress, CapabilityPointer bufferFrame)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = bufferAddress;
        buffer.SetCapability(0, bufferFrame);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetIpcBuffer, 0, 1, 1), buffer);
    }

    /// <summary>Sets fault handler, CSpace and VSpace.</summary>
    /// <remarks>Label 10. Errors in order of check: TruncatedMessage: fewer than 3 words, or fewer than 2 capabilities; IllegalOperation: a root of the thread is in the middle of a deletion; IllegalOperation: the CSpace root is no CNode, or the guard does not fit; IllegalOperation: the VSpace root is no PML4 with an ASID.</remarks>
    /// <param name="faultHandler">Looked up in the thread's own CSpace when it faults; 0 = none.</param>
    /// <param name="cspaceData">Guard for the CSpace root; 0 = leave it.</param>
    /// <param name="vspaceData">Has no meaning on x86.</param>
    /// <param name="cspaceRoot">Root of the CSpace.</param>
    /// <param name="vspaceRoot">Root of the VSpace.</param>
    public static Sel4Error SetSpace(CapabilityPointer capability, CapabilityPointer faultHandler, CNodeGuard cspaceData, ulong vspaceData, CapabilityPointer cspaceRoot, CapabilityPointer vspaceRoot)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = faultHandler.Value;
        buffer[1] = cspaceData.Word;
        buffer[2] = vspaceData;
        buffer.SetCapability(0, cspaceRoot);
        buffer.SetCapability(1, vspaceRoot);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetSpace, 0, 2, 3), buffer);
    }

    /// <summary>Stops the thread; what it waits for is cancelled.</summary>
    /// <remarks>Label 11. Errors in order of check: none.</remarks>
    public static Sel4Error Suspend(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSuspend, 0, 0, 0), buffer);
    }

    /// <summary>Lets the thread run; what it waits for is cancelled and done again.</summary>
    /// <remarks>Label 12. Errors in order of check: none.</remarks>
    public static Sel4Error Resume(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbResume, 0, 0, 0), buffer);
    }

    /// <summary>Lets the notification wake the thread out of any receive.</summary>
    /// <remarks>Label 13. Errors in order of check: TruncatedMessage: no capability; IllegalOperation: the thread has one already; IllegalOperation: the capability is no notification, or lacks Read; IllegalOperation: the notification has waiters, or belongs to a thread.</remarks>
    /// <param name="notification">With the Read right.</param>
    public static Sel4Error BindNotification(CapabilityPointer capability, CapabilityPointer notification)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer.SetCapability(0, notification);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbBindNotification, 0, 1, 0), buffer);
    }

    /// <summary>Takes the notification away.</summary>
    /// <remarks>Label 14. Errors in order of check: IllegalOperation: the thread has none.</remarks>
    public static Sel4Error UnbindNotification(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbUnbindNotification, 0, 0, 0), buffer);
    }

    /// <summary>Sets the thread's FS base.</summary>
    /// <remarks>Label 15. Errors in order of check: TruncatedMessage: no word.</remarks>
    /// <param name="tlsBase">The address.</param>
    public static Sel4Error SetTlsBase(CapabilityPointer capability, ulong tlsBase)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = tlsBase;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetTlsBase, 0, 0, 1), buffer);
    }

    /// <summary>Clears and sets switches of the thread.</summary>
    /// <remarks>Label 16. Errors in order of check: TruncatedMessage: fewer than 2 words.</remarks>
    /// <param name="clear">Switches to clear.</param>
    /// <param name="set">Switches to set after that.</param>
    /// <param name="flags">All switches as they are now. Means nothing after an error.</param>
    public static Sel4Error SetFlags(CapabilityPointer capability, TcbFlags clear, TcbFlags set, out TcbFlags flags)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = (ulong)clear;
        buffer[1] = (ulong)set;
        Sel4Error error = Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.TcbSetFlags, 0, 0, 2), buffer);
        flags = (TcbFlags)buffer[0];
        return error;
    }
}
