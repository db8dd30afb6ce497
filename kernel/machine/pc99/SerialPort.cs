// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>A 16550 serial port: 115200 baud, 8 data bits, no parity, one stop bit; output only, polled.</summary>
/// <remarks>Two may be in use: one for the console, one for reports of kernel bugs (boot sheet §3); by default the same.</remarks>
public static unsafe class SerialPort
{
    private const ushort FirstPort = 0x3f8;

    // The BIOS leaves the I/O address of COM1 here.
    private const ulong BiosFirstPort = 0x400;

    private const ushort InterruptEnable = 1;
    private const ushort FifoControl = 2;
    private const ushort LineControl = 3;
    private const ushort ModemControl = 4;
    private const ushort LineStatus = 5;
    private const byte DivisorLatch = 0x80;
    private const byte EightBits = 0x03;
    private const byte TransmitterEmpty = 0x20;

    // At 115200 baud a character takes 87 µs, and reading a port takes about one; a port that is not there must not hold us up.
    private const int PatienceReads = 100_000;

    private static ushort s_consolePort;
    private static ushort s_debugPort;

    /// <summary>Port number the firmware reports, or the usual one.</summary>
    public static ushort DefaultPort
    {
        get
        {
            ushort port = *(ushort*)(KernelPageTables.PhysicalWindow + BiosFirstPort);
            return port == 0 ? FirstPort : port;
        }
    }

    /// <summary>Opens both ports; zero stands for none.</summary>
    public static void Open(ushort consolePort, ushort debugPort)
    {
        s_consolePort = consolePort;
        s_debugPort = debugPort;
        if (consolePort != 0) SetUp(consolePort);
        if (debugPort != 0 && debugPort != consolePort) SetUp(debugPort);
    }

    public static void WriteConsole(byte character)
    {
        if (s_consolePort != 0) Write(s_consolePort, character);
    }

    public static void WriteDebug(byte character)
    {
        if (s_debugPort != 0) Write(s_debugPort, character);
    }

    private static void SetUp(ushort port)
    {
        Instructions.Out8((ushort)(port + InterruptEnable), 0);
        Instructions.Out8((ushort)(port + LineControl), DivisorLatch);
        Instructions.Out8(port, 1);
        Instructions.Out8((ushort)(port + 1), 0);
        Instructions.Out8((ushort)(port + LineControl), EightBits);
        Instructions.Out8((ushort)(port + FifoControl), 0x07);

        // DTR and RTS, and OUT2, without which a user-level driver would get no interrupts on a PC.
        Instructions.Out8((ushort)(port + ModemControl), 0x0b);
    }

    private static void Write(ushort port, byte character)
    {
        int reads = 0;
        while ((Instructions.In8((ushort)(port + LineStatus)) & TransmitterEmpty) == 0 && reads < PatienceReads) reads++;
        Instructions.Out8(port, character);
    }
}
