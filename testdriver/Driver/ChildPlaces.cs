// SPDX-License-Identifier: BSD-2-Clause
using Sel4.RootServer;

namespace Sel4.TestDriver;

/// <summary>Slots and addresses of a test's process, beyond those that it has in common with children of the root server.</summary>
internal static class ChildPlaces
{
    // Slots of the test's CNode. Tests learn them from the start-up page.
    public const ulong TimerNotification = 6;
    public const ulong Domain = 7;
    public const ulong AsidControl = 10;
    public const ulong DeviceFrame = 11;
    public const ulong FirstUntyped = 16;
    public const ulong FirstFree = 32;

    /// <summary>Slots at the end of the CNode that RPC grants go to.</summary>
    public const ulong GrantSlots = 4096;

    /// <summary>The start-up page, between unmapped pages.</summary>
    public const ulong StartupPage = ChildLayout.IpcBufferPage + 0x3000;

    public const ulong StackBottom = ChildLayout.StackTop - (StackPages * 4096);
    public const ulong StackPages = 16;

    /// <summary>Below the driver, so that a test that never waits cannot keep it from running (TD:§9.5).</summary>
    public const byte Priority = 254;
    public const byte MaxPriority = 254;
}
