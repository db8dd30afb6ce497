// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>Keeps rights to reply for later (RPC:R17, RPC:K6). A server without one lets nobody wait.</summary>
public interface IReplyKeeper
{
    /// <summary>The message registers in which answers are put; those of the request being served, whose words are used by then.</summary>
    Span<ulong> Words { get; }

    /// <summary>Saves the right to reply to the present caller; false when there is no slot for it.</summary>
    bool TryKeep(out CapabilityPointer reply);

    /// <summary>Sends an answer through a saved right, and frees its slot. A caller that is gone gets none.</summary>
    void Answer(CapabilityPointer reply, RpcReply answer);

    /// <summary>Drops a saved right: its caller is gone.</summary>
    void Drop(CapabilityPointer reply);
}
