// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Byte offsets in the IPC buffer. ABI-4.5.</summary>
public static class IpcBufferLayout
{
    /// <summary>Used by libraries only.</summary>
    public const int Tag = 0;
    /// <summary>120 message words; the first four travel in registers.</summary>
    public const int Message = 8;
    /// <summary>The program's own.</summary>
    public const int UserData = 968;
    /// <summary>Three words: capabilities to send, or badges that arrived.</summary>
    public const int CapsOrBadges = 976;
    /// <summary>Root of the slot for an arriving capability.</summary>
    public const int ReceiveCNode = 1000;
    /// <summary>Index of that slot.</summary>
    public const int ReceiveIndex = 1008;
    /// <summary>Bits of the index that take part.</summary>
    public const int ReceiveDepth = 1016;
    /// <summary>Bytes of the buffer.</summary>
    public const int Size = 1024;
}
