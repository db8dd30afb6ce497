// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What a server tells about itself, and which magic words it answers to.</summary>
public sealed class RpcServerOptions
{
    /// <summary>The magic words of clients that are served (RPC:T10).</summary>
    public ulong[] Magics { get; init; } = [Framing.DefaultMagic, Framing.TestMagic];

    /// <summary>The name given in <c>info</c>; at most 64 bytes count.</summary>
    public string Name { get; init; } = "rootserver";

    /// <summary>Hash of the kernel configuration that object type numbers belong to (RPC:M5).</summary>
    public ulong ConfigurationHash { get; init; }

    /// <summary>True when the word is one of the set. It tells protocols apart and is no security feature (RPC:T11).</summary>
    public bool IsMagic(ulong word)
    {
        foreach (ulong magic in Magics)
        {
            if (word == magic) return true;
        }
        return false;
    }
}
