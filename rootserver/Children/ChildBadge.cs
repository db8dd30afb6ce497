// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>What a message on the server's endpoint is about; the top four bits of its badge (RPC:Q2).</summary>
public enum BadgeClass : byte
{
    /// <summary>No badge of ours: a signal, or somebody who should not be there.</summary>
    Unknown = 0,

    /// <summary>A request of a child.</summary>
    Service = 1,

    /// <summary>A fault of a child, sent by the kernel.</summary>
    Fault = 2,

    /// <summary>The end of a child, sent by itself.</summary>
    Exit = 3,

    /// <summary>No message: the server's notification was signalled, and the other bits say by whom.</summary>
    Signal = 8,
}

/// <summary>Who signals the server's notification.</summary>
[System.Flags]
public enum SignalSource : ulong
{
    None = 0,

    /// <summary>The alarm of <see cref="ServerClock"/>.</summary>
    Clock = 1,

    /// <summary>Something was typed on the serial line.</summary>
    Serial = 2,
}

/// <summary>Class, index and generation of a child in one badge (RT:C3).</summary>
/// <remarks>Bits 60–63 class, 16–47 generation, 0–15 index. A badge of a dead child never equals one of a living child.</remarks>
public static class ChildBadge
{
    public static ulong Make(BadgeClass badgeClass, int index, uint generation) =>
        ((ulong)badgeClass << 60) | ((ulong)generation << 16) | (ushort)index;

    public static BadgeClass ClassOf(ulong badge) => (badge >> 60) switch
    {
        1 => BadgeClass.Service,
        2 => BadgeClass.Fault,
        3 => BadgeClass.Exit,
        8 => BadgeClass.Signal,
        _ => BadgeClass.Unknown,
    };

    /// <summary>The badge of a source of signals. Several signals arrive as one badge with all their bits.</summary>
    public static ulong OfSignal(SignalSource source) => ((ulong)BadgeClass.Signal << 60) | (ulong)source;

    public static int IndexOf(ulong badge) => (ushort)badge;

    public static uint GenerationOf(ulong badge) => (uint)(badge >> 16);
}
