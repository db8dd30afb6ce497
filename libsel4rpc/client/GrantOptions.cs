// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What a request asks for beyond the resource itself; <c>default</c> asks for nothing.</summary>
/// <remarks>
/// Label, lifetime, colour, policy and priority are wishes, which a server may pass over. The rest is not: a server that cannot do
/// it refuses, and an old one, which would not notice, is not asked.
/// </remarks>
public readonly struct GrantOptions
{
    /// <summary>What it is for, shown in listings; up to 31 bytes count.</summary>
    public string? Label { get; init; }

    /// <summary>How long it will be kept.</summary>
    public Lifetime Lifetime { get; init; }

    /// <summary>Cache colour wanted.</summary>
    public uint Colour { get; init; }

    /// <summary>Number of an allocation policy of the server; 0 leaves it to the server.</summary>
    public uint Policy { get; init; }

    /// <summary>Rank among requests that wait.</summary>
    public uint Priority { get; init; }

    /// <summary>Lowest physical address allowed.</summary>
    public ulong MinAddress { get; init; }

    /// <summary>Last byte allowed, such as 0xffffffff for a device that reaches 4 GiB; 0 for no limit.</summary>
    public ulong MaxAddress { get; init; }

    /// <summary>Milliseconds after which the server takes it back by itself; 0 for never.</summary>
    public ulong LeaseMs { get; init; }

    /// <summary>Milliseconds to wait for it at most; 0 for an answer at once.</summary>
    public uint WaitMs { get; init; }

    /// <summary>Others may hold the same device memory or ports.</summary>
    public bool IsShared { get; init; }

    /// <summary>Device memory will do, which is not cleared.</summary>
    public bool IsDeviceOk { get; init; }

    /// <summary>
    /// The server puts the capability into the slot itself instead of sending it. Needed for paging structures; works only with
    /// slots of the grant window that this program was started with.
    /// </summary>
    public bool IsPlacedDirectly { get; init; }

    /// <summary>True when nothing is asked for.</summary>
    internal bool IsEmpty => !IsBinding && Label is null && Lifetime == Lifetime.Unknown && (Colour | Policy | Priority) == 0;

    /// <summary>True when something is asked for that has to be done.</summary>
    internal bool IsBinding => (MinAddress | MaxAddress | LeaseMs | WaitMs) != 0 || IsShared || IsDeviceOk || IsPlacedDirectly;

    /// <summary>Writes it into a request.</summary>
    internal void WriteTo(ref RpcMessage message)
    {
        message.SelectHints();
        ref HintsMessage hints = ref message.Hints;
        var flags = HintFlag.None;
        if (IsShared) flags |= HintFlag.Shared;
        if (WaitMs != 0) flags |= HintFlag.MayWait;
        if (IsPlacedDirectly) flags |= HintFlag.DirectPlacement;
        if (IsDeviceOk) flags |= HintFlag.DeviceOk;
        hints.Flags = (uint)flags;
        hints.Policy = Policy;
        hints.MinAddr = MinAddress;
        hints.MaxAddr = MaxAddress;
        hints.Lifetime = (uint)Lifetime;
        hints.Priority = Priority;
        hints.Colour = Colour;
        hints.LeaseMs = LeaseMs;
        hints.WaitMs = WaitMs;
        if (Label is null) return;
        foreach (char each in Label) hints.Label.Add(each < 0x80 ? (byte)each : (byte)'?');
    }
}
