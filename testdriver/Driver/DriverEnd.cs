// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Diagnostics.CodeAnalysis;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>The last record, after which the host stops listening (TD:H5).</summary>
internal static class DriverEnd
{
    /// <summary>Says why the driver ends, and ends it.</summary>
    /// <param name="reason">done, stopped, aborted, fatal or crashed.</param>
    [DoesNotReturn]
    internal static void Stop(Reporter reporter, string reason, int status)
    {
        reporter.Record.Begin("end");
        reporter.Record.Add("reason", reason);
        reporter.Record.Add("status", (ulong)status);
        reporter.Send();
        Environment.Exit(status);
    }

    /// <summary>The driver cannot do what it is here for: a mistake in the image or in what the host asked for (TD:T3, TD:F3).</summary>
    [DoesNotReturn]
    internal static void Fatal(Reporter reporter, string problem)
    {
        reporter.Record.Begin("fatal");
        reporter.Record.Add("text", problem);
        reporter.Send();
        reporter.Plain(problem);
        Stop(reporter, "fatal", 2);
    }
}
