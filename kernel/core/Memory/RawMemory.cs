// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Bytes at kernel addresses, for tables that hardware, boot loader or user defined and that are no kernel objects.</summary>
/// <remarks>Addresses come from the boot loader or from capabilities and are inside the physical window. Unaligned is fine.</remarks>
public static class RawMemory
{
    public static byte ReadByte(ulong address) => new Ref<byte>(address).Value;

    public static ushort ReadUInt16(ulong address) => new Ref<ushort>(address).Value;

    public static uint ReadUInt32(ulong address) => new Ref<uint>(address).Value;

    public static ulong ReadWord(ulong address) => new Ref<ulong>(address).Value;

    public static void WriteByte(ulong address, byte value) => new Ref<byte>(address).Value = value;

    public static void WriteUInt32(ulong address, uint value) => new Ref<uint>(address).Value = value;

    public static void WriteWord(ulong address, ulong value) => new Ref<ulong>(address).Value = value;

    /// <summary>Copies bytes upwards; the ranges do not overlap.</summary>
    public static void Copy(ulong target, ulong source, ulong bytes)
    {
        ulong offset = 0;
        for (; offset + 8 <= bytes; offset += 8) WriteWord(target + offset, ReadWord(source + offset));
        for (; offset < bytes; offset++) WriteByte(target + offset, ReadByte(source + offset));
    }
}
