// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;

/// <summary>Asks for the ports of the CMOS clock and prints date and time; then asks for ports that nobody may have.</summary>
internal static class Program
{
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const byte StatusA = 0x0a;
    private const byte StatusB = 0x0b;
    private const ulong UpdateInProgress = 0x80;
    private const ulong BinaryMode = 0x04;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        RpcError error = client.AllocateIoPorts(Index, Data, out Grant grant);
        if (!error.IsOk) return Fail(error.Describe());
        PrintTime(grant.As<IoPort>());

        // A capability for two ports is no capability for their neighbour.
        Sel4Error outside = grant.As<IoPort>().In8(Data + 1, out _);
        Console.WriteLine($"Port 0x72 through it: {outside.Describe()}.");
        bool isRefused = !outside.IsOk;

        // The PCI configuration ports could make any device write anywhere: the root server keeps them.
        error = client.AllocateIoPorts(0xcf8, 0xcff, out _);
        isRefused &= !error.IsOk;
        Console.WriteLine(error.IsOk ? "Got the PCI ports?" : error.Describe());
        error = client.AllocateIoPorts(0x71, 0x70, out _);
        isRefused &= !error.IsOk;
        Console.WriteLine(error.IsOk ? "Got ports from 0x71 to 0x70?" : error.Describe());
        return isRefused ? 0 : 1;
    }

    private static void PrintTime(Cap<IoPort> clock)
    {
        ulong year, month, day, hour, minute, second, again;
        do
        {
            while ((Read(clock, StatusA) & UpdateInProgress) != 0)
            {
            }

            second = Value(clock, 0);
            minute = Value(clock, 2);
            hour = Value(clock, 4);
            day = Value(clock, 7);
            month = Value(clock, 8);
            year = Value(clock, 9);
            again = Value(clock, 0);
        }
        while (again != second);
        Console.WriteLine($"The clock says 20{year:D2}-{month:D2}-{day:D2} {hour:D2}:{minute:D2}:{second:D2}.");
    }

    /// <summary>A figure of the clock, which counts in decimal digits unless its mode says otherwise.</summary>
    private static ulong Value(Cap<IoPort> clock, byte register)
    {
        ulong raw = Read(clock, register);
        return (Read(clock, StatusB) & BinaryMode) != 0 ? raw : ((raw >> 4) * 10) + (raw & 15);
    }

    private static ulong Read(Cap<IoPort> clock, byte register)
    {
        clock.Out8(Index, register);
        clock.In8(Data, out ulong value);
        return value;
    }

    private static int Fail(string why)
    {
        Console.WriteLine(why);
        return 1;
    }
}
