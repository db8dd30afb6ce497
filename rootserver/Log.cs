// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>What the root server writes for people and for the tool that reads the serial line.</summary>
/// <remarks>
/// Lines for people begin with <c>[rootserver]</c>. Records begin with <c>[sel4rpc]</c> and consist of key=value pairs: start, stop
/// and end (see <c>tools/Qemu/EndRecord.cs</c>). Everything else on the line is output of a child.
/// </remarks>
public static class Log
{
    /// <summary>A line for people.</summary>
    public static void Line(LogText text) => LogText.Write("[rootserver] ");

    /// <summary>The line that was put together last, for people.</summary>
    public static void Line() => LogText.Write("[rootserver] ");

    /// <summary>A line on the operator's screen, without anything before it.</summary>
    public static void Screen(LogText text) => LogText.Write("");

    public static void Start(string name) => Record($"start name={name}");

    public static void Stop(Child child, bool isReclaimed)
    {
        string outcome = child.Outcome switch
        {
            ChildOutcome.Exited => "exited",
            ChildOutcome.Faulted => "faulted",
            ChildOutcome.Killed => "killed",
            ChildOutcome.TimedOut => "timedout",
            _ => "refused",
        };
        Record($"stop name={child.Name} outcome={outcome} status={child.ExitStatus} reclaimed={(isReclaimed ? "yes" : "no")}");
    }

    public static void End(int status) => Record($"end status={status}");

    private static void Record(LogText text) => LogText.Write("[sel4rpc] ");
}
