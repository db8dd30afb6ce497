// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>Which I/O ports have been issued: one bit each (ABI §20).</summary>
internal static class IoPortRanges
{
    private const int WordBits = 64;

    /// <summary>True when any port of the range is somebody's already (R-IOP-01).</summary>
    internal static bool AnyIssued(ref KernelState kernel, uint first, uint last)
    {
        for (uint word = first / WordBits; word <= last / WordBits; word++)
        {
            if ((kernel.IoPorts[(int)word] & Mask(word, first, last)) != 0) return true;
        }
        return false;
    }

    internal static void Issue(ref KernelState kernel, uint first, uint last)
    {
        for (uint word = first / WordBits; word <= last / WordBits; word++) kernel.IoPorts[(int)word] |= Mask(word, first, last);
    }

    /// <summary>The last capability of a range went (R-IOP-06).</summary>
    internal static void Free(ref KernelState kernel, uint first, uint last)
    {
        for (uint word = first / WordBits; word <= last / WordBits; word++) kernel.IoPorts[(int)word] &= ~Mask(word, first, last);
    }

    /// <summary>The bits of one word that belong to the range.</summary>
    private static ulong Mask(uint word, uint first, uint last)
    {
        ulong mask = ulong.MaxValue;
        if (word == first / WordBits) mask <<= (int)(first % WordBits);
        if (word == last / WordBits) mask &= ulong.MaxValue >> (int)(WordBits - 1 - (last % WordBits));
        return mask;
    }
}
