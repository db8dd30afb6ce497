// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>IPC buffers: which frames may be one, and where the kernel finds a thread's (ABI §10.2).</summary>
/// <remarks>The kernel goes by the frame capability in the TCB and never by the mapping (R-TCB-23, R-TCB-24).</remarks>
internal static class IpcBuffers
{
    private const ulong BufferMask = (1ul << AbiConstants.IpcBufferSizeBits) - 1;

    /// <summary>Not a frame, a device frame, a crooked address: in this order (R-TCB-21, R-TCB-22).</summary>
    internal static SyscallError Check(Capability frame, ulong address)
    {
        if (frame.Tag != CapabilityTag.Frame || frame.FrameIsDevice) return SyscallError.IllegalOperation;
        return (address & BufferMask) != 0 ? SyscallError.Alignment : SyscallError.None;
    }

    /// <summary>Kernel address of the buffer; zero without one, and for lack of rights (R-TCB-25).</summary>
    internal static ulong Lookup(ref Tcb tcb, bool forReceive)
    {
        Capability frame = tcb.Slots[(int)TcbSlot.IpcBuffer].Capability;
        // No device frame ever gets here (Check).
        if (frame.Tag != CapabilityTag.Frame) return 0;
        if (frame.FrameRights < (forReceive ? VmRights.ReadWrite : VmRights.ReadOnly)) return 0;
        ulong offset = tcb.IpcBufferAddress & ((1ul << ArchObjects.FrameSizeBits(frame)) - 1);
        return frame.FrameAddress + offset;
    }
}
