// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.RootServer;

/// <summary>What an operator may do with the children of a system. Refusals are sentences; null means done, or begun.</summary>
public interface ISystemControl
{
    /// <summary>All children of the description, running or not.</summary>
    ReadOnlySpan<Child> Children { get; }

    /// <summary>A line for each request from now on.</summary>
    bool IsTracing { get; set; }

    /// <summary>Milliseconds since the start; 0 without a clock.</summary>
    ulong Now { get; }

    /// <summary>Starts a child that does not run.</summary>
    string? Spawn(Child child);

    /// <summary>Ends a child, and those under it.</summary>
    string? Kill(Child child);

    /// <summary>Ends a child that runs, and starts it again.</summary>
    string? Restart(Child child);

    /// <summary>Ends all children, and then the system.</summary>
    void Quit();
}
