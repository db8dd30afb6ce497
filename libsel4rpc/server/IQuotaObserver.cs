// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Is told of quotas that are used up, where the owner's session asks for more than a refusal (RPC:Q5).</summary>
/// <remarks>Called while a request is served: it may signal and take notes, and must neither block nor serve (RPC:R5).</remarks>
public interface IQuotaObserver
{
    /// <summary>
    /// A request waits for its parent to raise a limit. Tell the parent by a signal; it finds the request with
    /// QUERY_WHAT_WAITING and answers with <c>quota</c>.
    /// </summary>
    void AskParent(Session owner, QuotaKind kind);

    /// <summary>The owner is one to be ended when it uses up its quota.</summary>
    void Kill(Session owner, QuotaKind kind);
}
