// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A thread. ABI-10. Methods of the typed capability.</summary>
public static class TcbMethods
{
    extension(Cap<Tcb> capability)
    {
        /// <summary>Copies groups of registers from another thread.</summary>
        /// <remarks>Label 4. Errors in order of check: TruncatedMessage: no word, or no capability; InvalidCapability(1): the source is no thread.</remarks>
        /// <param name="flags">Bit 0: suspend the source, 1: resume the target, 2: copy the frame group, 3: copy the integer group.</param>
        /// <param name="source">Where they come from.</param>
        public Sel4Error CopyRegisters(ulong flags, Cap<Tcb> source) =>
            TcbInvocation.CopyRegisters(capability.Pointer, flags, source.Pointer);

        /// <summary>Sets fault handler, CSpace, VSpace and IPC buffer.</summary>
        /// <remarks>Label 5. Errors in order of check: TruncatedMessage: fewer than 4 words, or fewer than 3 capabilities; IllegalOperation: a buffer is given and the capability is no frame, or one of a device; AlignmentError: the buffer is not aligned to 1024 bytes; IllegalOperation: a root of the thread is in the middle of a deletion; IllegalOperation: the CSpace root is no CNode, or the guard does not fit; IllegalOperation: the VSpace root is no PML4 with an ASID.</remarks>
        /// <param name="faultHandler">Looked up in the thread's own CSpace when it faults; 0 = none.</param>
        /// <param name="cspaceData">Guard for the CSpace root; 0 = leave it.</param>
        /// <param name="vspaceData">Has no meaning on x86.</param>
        /// <param name="bufferAddress">User address of the IPC buffer; 0 = none.</param>
        /// <param name="cspaceRoot">Root of the CSpace.</param>
        /// <param name="vspaceRoot">Root of the VSpace.</param>
        /// <param name="bufferFrame">The frame that holds the buffer.</param>
        public Sel4Error Configure(CapabilityPointer faultHandler, CNodeGuard cspaceData, ulong vspaceData, ulong bufferAddress, Cap<CNode> cspaceRoot, Cap<Pml4> vspaceRoot, Cap<Frame> bufferFrame) =>
            TcbInvocation.Configure(capability.Pointer, faultHandler, cspaceData, vspaceData, bufferAddress, cspaceRoot.Pointer, vspaceRoot.Pointer, bufferFrame.Pointer);

        /// <summary>Sets the priority.</summary>
        /// <remarks>Label 6. Errors in order of check: TruncatedMessage: no word, or no capability; InvalidCapability(1): the authority is no thread; RangeError(0, maximum): the value is above the authority's maximum.</remarks>
        /// <param name="priority">Not above the authority's maximum.</param>
        /// <param name="authority">A thread whose maximum is the limit.</param>
        public Sel4Error SetPriority(ulong priority, Cap<Tcb> authority) =>
            TcbInvocation.SetPriority(capability.Pointer, priority, authority.Pointer);

        /// <summary>Sets the highest priority that the thread can hand out.</summary>
        /// <remarks>Label 7. Errors in order of check: TruncatedMessage: no word, or no capability; InvalidCapability(1): the authority is no thread; RangeError(0, maximum): the value is above the authority's maximum.</remarks>
        /// <param name="maximumControlledPriority">Not above the authority's own.</param>
        /// <param name="authority">A thread whose maximum is the limit.</param>
        public Sel4Error SetMcPriority(ulong maximumControlledPriority, Cap<Tcb> authority) =>
            TcbInvocation.SetMcPriority(capability.Pointer, maximumControlledPriority, authority.Pointer);

        /// <summary>Sets both priorities.</summary>
        /// <remarks>Label 8. Errors in order of check: TruncatedMessage: fewer than 2 words, or no capability; InvalidCapability(1): the authority is no thread; RangeError(0, maximum): the first value is above the authority's maximum; RangeError(0, maximum): the second value is above the authority's maximum.</remarks>
        /// <param name="maximumControlledPriority">Not above the authority's own.</param>
        /// <param name="priority">Not above it either.</param>
        /// <param name="authority">A thread whose maximum is the limit.</param>
        public Sel4Error SetSchedParams(ulong maximumControlledPriority, ulong priority, Cap<Tcb> authority) =>
            TcbInvocation.SetSchedParams(capability.Pointer, maximumControlledPriority, priority, authority.Pointer);

        /// <summary>Sets the IPC buffer.</summary>
        /// <remarks>Label 9. Errors in order of check: TruncatedMessage: no word, or no capability; IllegalOperation: a buffer is given and the capability is no frame, or one of a device; AlignmentError: the buffer is not aligned to 1024 bytes.</remarks>
        /// <param name="bufferAddress">User address; 0 = none.</param>
        /// <param name="bufferFrame">The frame that holds it.</param>
        public Sel4Error SetIpcBuffer(ulong bufferAddress, Cap<Frame> bufferFrame) =>
            TcbInvocation.SetIpcBuffer(capability.Pointer, bufferAddress, bufferFrame.Pointer);

        /// <summary>Sets fault handler, CSpace and VSpace.</summary>
        /// <remarks>Label 10. Errors in order of check: TruncatedMessage: fewer than 3 words, or fewer than 2 capabilities; IllegalOperation: a root of the thread is in the middle of a deletion; IllegalOperation: the CSpace root is no CNode, or the guard does not fit; IllegalOperation: the VSpace root is no PML4 with an ASID.</remarks>
        /// <param name="faultHandler">Looked up in the thread's own CSpace when it faults; 0 = none.</param>
        /// <param name="cspaceData">Guard for the CSpace root; 0 = leave it.</param>
        /// <param name="vspaceData">Has no meaning on x86.</param>
        /// <param name="cspaceRoot">Root of the CSpace.</param>
        /// <param name="vspaceRoot">Root of the VSpace.</param>
        public Sel4Error SetSpace(CapabilityPointer faultHandler, CNodeGuard cspaceData, ulong vspaceData, Cap<CNode> cspaceRoot, Cap<Pml4> vspaceRoot) =>
            TcbInvocation.SetSpace(capability.Pointer, faultHandler, cspaceData, vspaceData, cspaceRoot.Pointer, vspaceRoot.Pointer);

        /// <summary>Stops the thread; what it waits for is cancelled.</summary>
        /// <remarks>Label 11. Errors in order of check: none.</remarks>
        public Sel4Error Suspend() =>
            TcbInvocation.Suspend(capability.Pointer);

        /// <summary>Lets the thread run; what it waits for is cancelled and done again.</summary>
        /// <remarks>Label 12. Errors in order of check: none.</remarks>
        public Sel4Error Resume() =>
            TcbInvocation.Resume(capability.Pointer);

        /// <summary>Lets the notification wake the thread out of any receive.</summary>
        /// <remarks>Label 13. Errors in order of check: TruncatedMessage: no capability; IllegalOperation: the thread has one already; IllegalOperation: the capability is no notification, or lacks Read; IllegalOperation: the notification has waiters, or belongs to a thread.</remarks>
        /// <param name="notification">With the Read right.</param>
        public Sel4Error BindNotification(Cap<Notification> notification) =>
            TcbInvocation.BindNotification(capability.Pointer, notification.Pointer);

        /// <summary>Takes the notification away.</summary>
        /// <remarks>Label 14. Errors in order of check: IllegalOperation: the thread has none.</remarks>
        public Sel4Error UnbindNotification() =>
            TcbInvocation.UnbindNotification(capability.Pointer);

        /// <summary>Sets the thread's FS base.</summary>
        /// <remarks>Label 15. Errors in order of check: TruncatedMessage: no word.</remarks>
        /// <param name="tlsBase">The address.</param>
        public Sel4Error SetTlsBase(ulong tlsBase) =>
            TcbInvocation.SetTlsBase(capability.Pointer, tlsBase);

        /// <summary>Clears and sets switches of the thread.</summary>
        /// <remarks>Label 16. Errors in order of check: TruncatedMessage: fewer than 2 words.</remarks>
        /// <param name="clear">Switches to clear.</param>
        /// <param name="set">Switches to set after that.</param>
        /// <param name="flags">All switches as they are now. Means nothing after an error.</param>
        public Sel4Error SetFlags(TcbFlags clear, TcbFlags set, out TcbFlags flags) =>
            TcbInvocation.SetFlags(capability.Pointer, clear, set, out flags);
    }
}
