// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>A reply whose words lie in the message registers, ready to be sent; or that there is none yet.</summary>
/// <remarks>The sender puts <see cref="Attached"/> into the first place for capabilities when <c>Info.ExtraCaps</c> is 1.</remarks>
public readonly struct RpcReply(MessageInfo info, CapabilityPointer attached, bool isLater = false)
{
    /// <summary>The message header.</summary>
    public readonly MessageInfo Info = info;

    /// <summary>The capability to send along; null when there is none.</summary>
    public readonly CapabilityPointer Attached = attached;

    /// <summary>True when the right to reply was kept: nothing is to be sent now (RPC:R17).</summary>
    public readonly bool IsLater = isLater;
}
