// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Rpc;

/// <summary>At which point a request failed.</summary>
public enum RpcFault : byte
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>The server refused it: see error number and reason.</summary>
    Refused,

    /// <summary>It was not sent: the message is longer than 952 bytes.</summary>
    TooLong,

    /// <summary>It was not sent: no slot is free for the capability.</summary>
    NoSlot,

    /// <summary>It was not sent: a server of version 1 would never reply to it (RPC:N3).</summary>
    OldServer,

    /// <summary>It was not sent: the server has said that it does not do this.</summary>
    NoFeature,

    /// <summary>The server was built for another kernel configuration: object types have other numbers there (RPC:M5).</summary>
    OtherConfiguration,

    /// <summary>The kernel answered in the server's place: the service endpoint is none, or lacks rights.</summary>
    KernelAnswered,

    /// <summary>The reply is none of this protocol.</summary>
    BadReply,

    /// <summary>It was not sent: an old server had damaged the grant's handle, so the grant stays taken (RPC:D5).</summary>
    HandleDamaged,

    /// <summary>The server granted it, but no capability arrived; the grant was given back (RPC:R30).</summary>
    CapabilityLost,
}
