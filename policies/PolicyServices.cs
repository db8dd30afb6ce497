// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Whoever the server itself can ask for more.</summary>
public interface IResourceParent
{
    /// <summary>Asks for what is missing; true when it was given and adopted, so that the request is worth another attempt.</summary>
    bool RequestMore(in Shortage shortage);
}

/// <summary>What policies may need from their surroundings.</summary>
public readonly struct PolicyServices(IResourceParent? parent)
{
    /// <summary>Null when nobody stands above.</summary>
    public readonly IResourceParent? Parent = parent;
}
