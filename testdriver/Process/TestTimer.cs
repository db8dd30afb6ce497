// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>Time for tests that require <c>timer</c>: codes 4 to 6 of the protocol. TD:P6 to TD:P10.</summary>
public static class TestTimer
{
    public const ulong Microsecond = 1000;
    public const ulong Millisecond = 1000 * Microsecond;

    /// <summary>Signalled when a time-out is due; perhaps more often, so look at the time again.</summary>
    public static Cap<Notification> Notification => new(Test.Value(StartupPage.TimerNotification));

    /// <summary>Nanoseconds since the driver started.</summary>
    public static ulong Now
    {
        get
        {
            Assert.Equal((ulong)ErrorCode.None, (ulong)Test.Call(TestCode.Timestamp, 1));
            return IpcBuffer.Current[1];
        }
    }

    /// <summary>Sets a time-out in the place of the one before.</summary>
    public static ErrorCode Set(TimeoutKind kind, ulong nanoseconds)
    {
        IpcBuffer.Current.Words[1] = (ulong)kind;
        IpcBuffer.Current.Words[2] = nanoseconds;
        return Test.Call(TestCode.SetTimeout, 3);
    }

    /// <summary>Sets a time-out beside others that have other ids.</summary>
    public static ErrorCode Set(TimeoutKind kind, ulong nanoseconds, ulong id)
    {
        IpcBuffer.Current.Words[1] = (ulong)kind;
        IpcBuffer.Current.Words[2] = nanoseconds;
        IpcBuffer.Current.Words[3] = id;
        return Test.Call(TestCode.SetTimeout, 4);
    }

    /// <summary>Ends all time-outs.</summary>
    public static ErrorCode Reset() => Test.Call(TestCode.ResetTimer, 1);

    /// <summary>Waits so long, at least.</summary>
    public static void Sleep(ulong nanoseconds)
    {
        ulong end = Now + nanoseconds;
        Assert.Equal((ulong)ErrorCode.None, (ulong)Set(TimeoutKind.Absolute, end));
        while (Now < end) Notification.Wait();
    }
}
