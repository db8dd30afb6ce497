// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>What the server never gives away, because the system itself uses it (RPC:R14).</summary>
public static class HardwarePolicy
{
    private readonly struct PortRange(ushort first, ushort last)
    {
        public readonly ushort First = first;
        public readonly ushort Last = last;
    }

    // The two interrupt controllers, the serial line that the kernel prints on, and the PCI configuration ports, through which
    // any device could be told to write anywhere.
    private static readonly PortRange[] s_reserved = [new(0x20, 0x21), new(0xa0, 0xa1), new(0x3f8, 0x3ff), new(0xcf8, 0xcff)];

    /// <summary>True when the range from <paramref name="first"/> to <paramref name="last"/> touches a reserved port.</summary>
    public static bool IsReserved(ushort first, ushort last)
    {
        for (int index = 0; index < s_reserved.Length; index++)
            if (first <= s_reserved[index].Last && s_reserved[index].First <= last) return true;
        return false;
    }
}
