// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Kernel.Sim;

namespace Kernel.Fuzz;

/// <summary>A kind of game: what is in the world, what programs do, and who watches.</summary>
public sealed partial record FuzzMode(string Name)
{
    /// <summary>Anything at all in registers and buffers, every so often; otherwise what is nearly right.</summary>
    public bool IsWild { get; init; }

    /// <summary>Whether the players have address spaces of their own, ASIDs, interrupts, ports and device memory.</summary>
    public bool HasDevices { get; init; } = true;

    /// <summary>Whether the players may arrange domains.</summary>
    public bool HasDomains { get; init; } = true;

    /// <summary>Whether interrupts arrive in the middle of long operations.</summary>
    public bool HasPreemption { get; init; } = true;

    /// <summary>Steps of one game. Players destroy what they have, so a long game becomes a dull one.</summary>
    public int StepsOfGame { get; init; } = 400;

    /// <summary>Makes the observer of a game from a system that has just booted; null when nobody watches.</summary>
    public Func<SimSystem, IFuzzObserver>? Observe { get; init; }

    /// <summary>All that a program can do, most of it almost right, so that most of it gets past the first checks.</summary>
    public static FuzzMode Structured { get; } = new("structured");

    /// <summary>The same with garbage in every register, header, address and buffer.</summary>
    public static FuzzMode Wild { get; } = new("wild") { IsWild = true };

    /// <summary>What programs can do with memory, capabilities, threads and messages, each entry compared with the model.</summary>
    public static FuzzMode Model { get; } = new("model")
    {
        HasDomains = false, HasPreemption = false, Observe = sim => new ModelObserver(sim),
    };

    /// <summary>The same with garbage in every register, header, address and buffer.</summary>
    public static FuzzMode ModelWild { get; } = Model with { Name = "model-wild", IsWild = true };

    /// <summary>The modes that the command knows.</summary>
    public static IReadOnlyList<FuzzMode> All => [Structured, Wild, Model, ModelWild];

    /// <summary>The mode of that name; null when there is none.</summary>
    public static FuzzMode? Find(string name)
    {
        foreach (FuzzMode mode in All)
            if (mode.Name == name) return mode;
        return null;
    }
}
