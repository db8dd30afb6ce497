// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Takes a note of children that are to end because they asked for more than their quota (RPC:Q5).</summary>
internal sealed class QuotaEvents : IQuotaObserver
{
    /// <inheritdoc/>
    /// <remarks>A parent learns it from the server itself, when it asks who waits.</remarks>
    public void AskParent(Session owner, QuotaKind kind)
    {
    }

    /// <inheritdoc/>
    public void Kill(Session owner, QuotaKind kind) => ((ChildSession)owner).IsOverQuota = true;
}
