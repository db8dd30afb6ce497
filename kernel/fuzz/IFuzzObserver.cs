// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;

namespace Kernel.Fuzz;

/// <summary>Somebody who watches a game and throws when the kernel does what it should not.</summary>
/// <remarks>
/// Made by <see cref="FuzzMode.Observe"/> when the system has just booted and nothing has been made yet, so that it sees every
/// entry of the game, the making of the world included. All methods run on the thread of the game, and find the simulated
/// machine current. What they throw is the violation: the type and the first line of the message without its numbers are what
/// shrinking keeps. Between two entries, user programs run: registers of the running thread and pages of users may change.
/// </remarks>
public interface IFuzzObserver
{
    /// <summary>The kernel is about to be entered. The registers of the current thread are saved, its buffer holds what it sends.</summary>
    void Entering(SimEntry entry);

    /// <summary>The kernel returns to user mode.</summary>
    void Entered(SimEntry entry);

    /// <summary>Players have undone the doorbell, so its notification was signalled by hand, outside of any entry.</summary>
    void RungByHand(ulong doorbell, ulong badge);

    /// <summary>A step is over: a good moment for comparisons that are too slow to be made after every entry.</summary>
    void StepPlayed(FuzzWorld world, FuzzStep step);

    /// <summary>The game is over; after this, everything is taken back, which is observed as well.</summary>
    void GameOver(FuzzWorld world);
}
