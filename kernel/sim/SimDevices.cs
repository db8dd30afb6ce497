// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Sim;

/// <summary>One access to an I/O port.</summary>
public readonly record struct PortAccess(ushort Port, int Bytes, bool IsWrite, uint Value);

/// <summary>The I/O ports: every access is recorded, reads are answered by scripts.</summary>
/// <remarks>A port without a script reads as all ones, as an empty bus does.</remarks>
public sealed class SimPorts
{
    private readonly List<PortAccess> _accesses = [];
    private readonly Dictionary<ushort, Func<int, uint>> _readers = [];
    private readonly Dictionary<ushort, Action<int, uint>> _writers = [];

    /// <summary>All accesses so far, in order.</summary>
    public IReadOnlyList<PortAccess> Accesses => _accesses;

    /// <summary>Reads of <paramref name="port"/> are answered by <paramref name="reader"/>, which is told the width in bytes.</summary>
    public void OnRead(ushort port, Func<int, uint> reader) => _readers[port] = reader;

    /// <summary>Writes to <paramref name="port"/> go to <paramref name="writer"/>, with the width in bytes.</summary>
    public void OnWrite(ushort port, Action<int, uint> writer) => _writers[port] = writer;

    /// <summary>Forgets the accesses, not the scripts.</summary>
    public void Clear() => _accesses.Clear();

    internal uint Read(ushort port, int bytes)
    {
        uint mask = uint.MaxValue >> (32 - (8 * bytes));
        uint value = (_readers.TryGetValue(port, out Func<int, uint>? reader) ? reader(bytes) : uint.MaxValue) & mask;
        _accesses.Add(new(port, bytes, IsWrite: false, value));
        return value;
    }

    internal void Write(ushort port, int bytes, uint value)
    {
        _accesses.Add(new(port, bytes, IsWrite: true, value));
        if (_writers.TryGetValue(port, out Action<int, uint>? writer)) writer(bytes, value);
    }
}

/// <summary>One redirection entry of an IOAPIC.</summary>
public record struct IoApicPin(byte CpuVector, bool IsLevel, bool IsActiveLow, bool IsMasked)
{
    /// <summary>The state after reset: masked, vector zero.</summary>
    public static IoApicPin Reset => new(0, IsLevel: false, IsActiveLow: false, IsMasked: true);
}

/// <summary>The IOAPICs of the machine; one with 24 pins unless a test wants others.</summary>
public sealed class SimIoApics
{
    private readonly IoApicPin[][] _pins;

    public SimIoApics(params int[] pinsOfEach)
    {
        _pins = new IoApicPin[pinsOfEach.Length][];
        for (int index = 0; index < pinsOfEach.Length; index++)
        {
            _pins[index] = new IoApicPin[pinsOfEach[index]];
            Array.Fill(_pins[index], IoApicPin.Reset);
        }
    }

    public int Count => _pins.Length;

    public int PinsOf(int ioApic) => _pins[ioApic].Length;

    public ref IoApicPin this[int ioApic, int pin] => ref _pins[ioApic][pin];
}
