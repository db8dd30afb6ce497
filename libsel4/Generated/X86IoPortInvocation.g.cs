// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A range of I/O ports. ABI-20. Invocations on plain pointers.</summary>
public static class X86IoPortInvocation
{
    /// <summary>Reads a byte.</summary>
    /// <remarks>Label 45. Errors in order of check: TruncatedMessage: no word; IllegalOperation: the access leaves the range.</remarks>
    /// <param name="port">Cut to 16 bits.</param>
    /// <param name="value">What was read. Means nothing after an error.</param>
    public static Sel4Error In8(CapabilityPointer capability, ulong port, out ulong value)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = port;
        Sel4Error error = Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortIn8, 0, 0, 1), buffer);
        value = buffer[0];
        return error;
    }

    /// <summary>Reads two bytes.</summary>
    /// <remarks>Label 46. Errors in order of check: TruncatedMessage: no word; IllegalOperation: the access leaves the range.</remarks>
    /// <param name="port">Cut to 16 bits.</param>
    /// <param name="value">What was read. Means nothing after an error.</param>
    public static Sel4Error In16(CapabilityPointer capability, ulong port, out ulong value)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = port;
        Sel4Error error = Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortIn16, 0, 0, 1), buffer);
        value = buffer[0];
        return error;
    }

    /// <summary>Reads four bytes.</summary>
    /// <remarks>Label 47. Errors in order of check: TruncatedMessage: no word; IllegalOperation: the access leaves the range.</remarks>
    /// <param name="port">Cut to 16 bits.</param>
    /// <param name="value">What was read. Means nothing after an error.</param>
    public static Sel4Error In32(CapabilityPointer capability, ulong port, out ulong value)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = port;
        Sel4Error error = Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortIn32, 0, 0, 1), buffer);
        value = buffer[0];
        return error;
    }

    /// <summary>Writes a byte.</summary>
    /// <remarks>Label 48. Errors in order of check: TruncatedMessage: fewer than 2 words; IllegalOperation: the access leaves the range.</remarks>
    /// <param name="port">Cut to 16 bits.</param>
    /// <param name="value">Its low 8 bits are written.</param>
    public static Sel4Error Out8(CapabilityPointer capability, ulong port, ulong value)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = port;
        buffer[1] = value;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortOut8, 0, 0, 2), buffer);
    }

    /// <summary>Writes two bytes.</summary>
    /// <remarks>Label 49. Errors in order of check: TruncatedMessage: fewer than 2 words; IllegalOperation: the access leaves the range.</remarks>
    /// <param name="port">Cut to 16 bits.</param>
    /// <param name="value">Its low 16 bits are written.</param>
    public static Sel4Error Out16(CapabilityPointer capability, ulong port, ulong value)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = port;
        buffer[1] = value;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortOut16, 0, 0, 2), buffer);
    }

    /// <summary>Writes four bytes.</summary>
    /// <remarks>Label 50. Errors in order of check: TruncatedMessage: fewer than 2 words; IllegalOperation: the access leaves the range.</remarks>
    /// <param name="port">Cut to 16 bits.</param>
    /// <param name="value">Its low 32 bits are written.</param>
    public static Sel4Error Out32(CapabilityPointer capability, ulong port, ulong value)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = port;
        buffer[1] = value;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortOut32, 0, 0, 2), buffer);
    }
}
