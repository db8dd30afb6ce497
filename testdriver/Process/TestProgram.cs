// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Rpc;

namespace Sel4.Testing;

/// <summary>The main function of every program with tests: finds the test that the driver has named, and runs it.</summary>
public static unsafe class TestProgram
{
    private static readonly byte[] s_line = new byte[TestLimits.MaxLogBytes];
    private static int s_lineBytes;
    private static int s_slots;

    /// <summary>Runs one test and never returns.</summary>
    /// <param name="arguments">The endpoint to the driver and the address of the start-up page, in decimal (TD:§3).</param>
    /// <param name="run">Runs a test by its place in the program's table; made by the build.</param>
    public static int Main(string[] arguments, delegate*<int, void> run)
    {
        if (arguments.Length < 2 || !ulong.TryParse(arguments[0], out ulong endpoint) || !ulong.TryParse(arguments[1], out ulong page))
        {
            Console.WriteLine("this program holds tests: the test driver starts it");
            return 1;
        }

        Test.Begin(endpoint, page);
        Outcome.Begin();
        Outcome.Leave = &Leave;
        s_line[0] = 0;
        s_slots = ProcessSlots.FreeCount;
        ProgramConsole.Redirect(&WriteConsole);
        int index = TestTable.IndexOf(TableSymbol.Bytes, StartupPage.NameOf(Test.Page));
        if (index < 0) Check.Fail("the driver has named a test that is not in this program");
        else run(index);
        Leave(TestStatus.Success);
        return 0;
    }

    private static void Leave(TestStatus status)
    {
        if (s_lineBytes > 0) FlushConsole();
        IpcBuffer.Current.Words[1] = (ulong)Math.Max(0, s_slots - ProcessSlots.FreeCount);
        Test.Call(TestCode.Holdings, 2);
        Test.Finish(status);
    }

    /// <summary>Makes log lines of what is printed, so that they are told with the test's result.</summary>
    private static void WriteConsole(byte* text, nuint length)
    {
        for (nuint index = 0; index < length; index++)
        {
            if (text[index] != '\n') s_line[s_lineBytes++] = text[index];
            if (text[index] == '\n' || s_lineBytes == s_line.Length) FlushConsole();
        }
    }

    private static void FlushConsole()
    {
        Test.Log(new ReadOnlySpan<byte>(s_line, 0, s_lineBytes));
        s_lineBytes = 0;
    }
}
