// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>Our codec on arrays.</summary>
internal static class Codec
{
    public const int Large = 1 << 14;

    /// <summary>A delimited stream.</summary>
    public static byte[] Encode(in RpcMessage message)
    {
        var target = new byte[Large];
        Assert.Equal(WireStatus.Ok, Framing.EncodeDelimited(in message, target, out int byteCount));
        return target[..byteCount];
    }

    /// <summary>Puts the length in front of a payload.</summary>
    public static byte[] Delimited(byte[] payload)
    {
        var prefix = new List<byte>();
        for (int rest = payload.Length; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                prefix.Add((byte)rest);
                return [.. prefix, .. payload];
            }
            prefix.Add((byte)(rest | 0x80));
        }
    }
}
