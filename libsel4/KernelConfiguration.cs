// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>A number that differs between kernels for which programs have to be built differently (RPC:M5).</summary>
/// <remarks>
/// FNV-1a over what travels between programs as bare numbers: object types with their sizes, slot and word size, message limits.
/// Client and server compute it each for itself, from the constants that they were built with.
/// </remarks>
public static class KernelConfiguration
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    /// <summary>The number of this build; never 0, which stands for unknown.</summary>
    public static ulong Hash
    {
        get
        {
            ulong hash = Add(OffsetBasis, AbiConstants.WordBits);
            hash = Add(hash, AbiConstants.SlotSizeBits);
            hash = Add(hash, AbiConstants.MaxMessageLength);
            hash = Add(hash, (ulong)ObjectType.Count);
            for (ObjectType type = 0; type < ObjectType.Count; type++)
            {
                // The size of what users choose is no property of the type.
                bool isChosen = ObjectSize.IsChosenByUser(type);
                hash = Add(hash, isChosen ? (ulong)type : (ulong)type | (ulong)ObjectSize.Bits(type, 0) << 8);
            }
            return hash == 0 ? 1 : hash;
        }
    }

    private static ulong Add(ulong hash, ulong value)
    {
        for (int shift = 0; shift < 64; shift += 8) hash = unchecked((hash ^ (value >> shift & 0xff)) * Prime);
        return hash;
    }
}
