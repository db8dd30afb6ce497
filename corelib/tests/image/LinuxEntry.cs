// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>Where Start.S enters when the test runs as a Linux process: turns argc and argv into strings.</summary>
internal static unsafe class LinuxEntry
{
    [RuntimeExport("linux_main")]
    private static int Run(int count, byte** arguments)
    {
        string[] strings = new string[count - 1];
        for (int index = 0; index < strings.Length; index++)
        {
            strings[index] = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(arguments[index + 1]));
        }
        return Program.Main(strings);
    }
}
