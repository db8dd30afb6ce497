// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A range of I/O ports. ABI-20. Methods of the typed capability.</summary>
public static class X86IoPortMethods
{
    extension(Cap<IoPort> capability)
    {
        /// <summary>Reads a byte.</summary>
        /// <remarks>Label 45. Errors in order of check: TruncatedMessage: no word; IllegalOperation: the access leaves the range.</remarks>
        /// <param name="port">Cut to 16 bits.</param>
        /// <param name="value">What was read. Means nothing after an error.</param>
        public Sel4Error In8(ulong port, out ulong value) =>
            X86IoPortInvocation.In8(capability.Pointer, port, out value);

        /// <summary>Reads two bytes.</summary>
        /// <remarks>Label 46. Errors in order of check: TruncatedMessage: no word; IllegalOperation: the access leaves the range.</remarks>
        /// <param name="port">Cut to 16 bits.</param>
        /// <param name="value">What was read. Means nothing after an error.</param>
        public Sel4Error In16(ulong port, out ulong value) =>
            X86IoPortInvocation.In16(capability.Pointer, port, out value);

        /// <summary>Reads four bytes.</summary>
        /// <remarks>Label 47. Errors in order of check: TruncatedMessage: no word; IllegalOperation: the access leaves the range.</remarks>
        /// <param name="port">Cut to 16 bits.</param>
        /// <param name="value">What was read. Means nothing after an error.</param>
        public Sel4Error In32(ulong port, out ulong value) =>
            X86IoPortInvocation.In32(capability.Pointer, port, out value);

        /// <summary>Writes a byte.</summary>
        /// <remarks>Label 48. Errors in order of check: TruncatedMessage: fewer than 2 words; IllegalOperation: the access leaves the range.</remarks>
        /// <param name="port">Cut to 16 bits.</param>
        /// <param name="value">Its low 8 bits are written.</param>
        public Sel4Error Out8(ulong port, ulong value) =>
            X86IoPortInvocation.Out8(capability.Pointer, port, value);

        /// <summary>Writes two bytes.</summary>
        /// <remarks>Label 49. Errors in order of check: TruncatedMessage: fewer than 2 words; IllegalOperation: the access leaves the range.</remarks>
        /// <param name="port">Cut to 16 bits.</param>
        /// <param name="value">Its low 16 bits are written.</param>
        public Sel4Error Out16(ulong port, ulong value) =>
            X86IoPortInvocation.Out16(capability.Pointer, port, value);

        /// <summary>Writes four bytes.</summary>
        /// <remarks>Label 50. Errors in order of check: TruncatedMessage: fewer than 2 words; IllegalOperation: the access leaves the range.</remarks>
        /// <param name="port">Cut to 16 bits.</param>
        /// <param name="value">Its low 32 bits are written.</param>
        public Sel4Error Out32(ulong port, ulong value) =>
            X86IoPortInvocation.Out32(capability.Pointer, port, value);
    }
}
