// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>When something runs out, asks whoever stands above for more; without anybody there it has no answer.</summary>
public sealed class AskParentPolicy(IResourceParent? parent) : Policy("ask-parent")
{
    private readonly IResourceParent? _parent = parent;

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override Recovery Exhausted(in Request request, in Shortage shortage, int attempt) =>
        _parent is not null && _parent.RequestMore(in shortage) ? Recovery.Retry : Recovery.Fail;
}
