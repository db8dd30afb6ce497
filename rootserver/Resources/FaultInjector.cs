// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>Makes the nth step of an operation fail, so that a test can show that nothing is lost, whichever it is (AL:§14.3).</summary>
public sealed class FaultInjector
{
    private int _stepsLeft;

    /// <summary>True when the step that was to fail was reached.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Begins an operation of which the step with this number, counted from 1, fails.</summary>
    public void Arm(int step)
    {
        _stepsLeft = step;
        HasStruck = false;
    }

    /// <summary>Counts a step; true for the one that fails.</summary>
    public bool Strikes()
    {
        if (_stepsLeft == 0 || --_stepsLeft != 0) return false;
        HasStruck = true;
        return true;
    }
}
