// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Where a child is in its life (RT:§5).</summary>
public enum ChildState : byte
{
    Gone,
    Loaded,
    Running,

    /// <summary>Stopped by a fault, and kept as it is for a debugger.</summary>
    Suspended,
    Reclaiming,
}

/// <summary>How a child ended.</summary>
public enum ChildOutcome : byte
{
    None,
    Exited,
    Faulted,
    Killed,

    /// <summary>It could not be started.</summary>
    Refused,

    /// <summary>It ran longer than its description allows.</summary>
    TimedOut,
}

/// <summary>The server's record of one child. Records are made at start-up and reused (design L5).</summary>
public sealed class Child(
    int index, ChildDescription description, Child? parent, Arena arena, HardwareManifest hardware, PolicySet? policies = null)
{
    public int Index { get; } = index;

    /// <summary>What the system description says of it.</summary>
    public ChildDescription Description { get; } = description;

    /// <summary>The child with which it dies; null for the server itself (RT:L6).</summary>
    public Child? Parent { get; } = parent;

    /// <summary>How often it has run, the present time included.</summary>
    public uint Runs { get; set; }

    /// <summary>How often it was started again because of its restart rule.</summary>
    public uint Restarts { get; set; }

    /// <summary>When it is ended as one that hangs, in the server's milliseconds.</summary>
    public ulong EndsAt { get; set; } = ServerClock.Never;

    /// <summary>When it starts again; never for one that does not wait for that.</summary>
    public ulong StartsAt { get; set; } = ServerClock.Never;

    /// <summary>The operator wants it started, as soon as it is gone.</summary>
    public bool IsWanted { get; set; }

    /// <summary>When the restarts that are counted began.</summary>
    public ulong CountsFrom { get; set; }

    /// <summary>For tests: makes a step of its birth fail; null for none.</summary>
    public FaultInjector? Injector { get; init; }

    /// <summary>True while it can send messages.</summary>
    public bool IsAlive => State is ChildState.Loaded or ChildState.Running;

    /// <summary>Everything that the child was made of.</summary>
    public Arena Arena { get; } = arena;

    /// <summary>Differs for each use of the record, so that nothing of a dead child is taken for the living one's (RT:C3).</summary>
    public uint Generation { get; set; } = 1;

    public string Name => Description.Name;

    public ChildState State { get; set; }

    public ChildOutcome Outcome { get; set; }

    /// <summary>Meaningful when <see cref="Outcome"/> is Exited.</summary>
    public int ExitStatus { get; set; }

    // Slots of the root server's CSpace.
    public uint CNode { get; set; }

    public uint VSpace { get; set; }

    public uint Tcb { get; set; }

    /// <summary>The lowest page of its stack; the others follow.</summary>
    public uint StackFrames { get; set; }

    /// <summary>The server's own capabilities with the child's badges, in adjacent slots: service, fault, exit; zero for none.</summary>
    public uint BadgedEndpoints { get; set; }

    /// <summary>Under which the server books what it grants to the child.</summary>
    public ChildSession Session { get; } = new(parent?.Session, hardware)
    {
        Priority = (int)description.Priority, Policies = policies,
    };

    public ulong BadgeOf(BadgeClass badgeClass) => ChildBadge.Make(badgeClass, Index, Generation);

    /// <summary>The owner id under which grants are booked: never reused while the record's generation lasts (RPC:Q1).</summary>
    public ulong OwnerId => ((ulong)Generation << 16) | (ushort)Index;

    /// <summary>Which child an owner id belongs to, of whatever life.</summary>
    public static int IndexOf(ulong ownerId) => (ushort)ownerId;
}
