// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;

namespace Sel4.Rpc.Fuzz;

/// <summary>Where a client is in its life.</summary>
public enum RpcActorState : byte
{
    Gone,
    Open,
    Ending,
}

/// <summary>A client of the game: a session, and what it has been told.</summary>
public sealed class RpcActor(int index, RpcActor? parent)
{
    public int Index { get; } = index;

    public RpcActor? Parent { get; } = parent;

    public Session Session { get; } = new((ulong)(0x1000 + index), parent?.Session);

    public RpcActorState State { get; set; } = RpcActorState.Gone;

    /// <summary>How often it was opened; owner ids differ from life to life.</summary>
    public uint Lives { get; set; }

    /// <summary>Every cookie that this life was given.</summary>
    public List<uint> Cookies { get; } = [];

    public bool IsBelow(RpcActor other)
    {
        for (RpcActor? above = Parent; above is not null; above = above.Parent)
        {
            if (above == other) return true;
        }
        return false;
    }
}
