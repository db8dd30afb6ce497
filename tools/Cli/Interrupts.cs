// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.InteropServices;
using Sel4.Tools.Build;

namespace Sel4.Tools.Cli;

/// <summary>Turns the signals that ask a program to stop into a tidy end: work is cancelled, and what was started is ended.</summary>
public sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _interactive;

    public Interrupts() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];

    public CancellationToken Token => _stop.Token;

    /// <summary>Leaves the terminal's interrupt to a program that has the terminal, such as a debugger, until disposed.</summary>
    public IDisposable LeaveInterruptToChild()
    {
        Interlocked.Increment(ref _interactive);
        return new Restore(this);
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    // Children are ended at once, since some of them ignore the terminal's signal.
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGINT && _interactive > 0) return;
        _stop.Cancel();
        ExternalProcess.KillAll();
    }

    private sealed class Restore(Interrupts owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._interactive);
    }
}
