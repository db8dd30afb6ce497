// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;

namespace Sel4.Testing;

/// <summary>What the driver tells a test beyond its arguments: one page of words. TD:§3, "start-up page".</summary>
/// <remarks>Its address is argument 1, in decimal. Offsets are in bytes; all fields but the name are words.</remarks>
public static class StartupPage
{
    /// <summary>The first word of the page: "s4page01".</summary>
    public const ulong Magic = 0x3130_6567_6170_3473;

    /// <summary>Bytes of the page.</summary>
    public const int Size = 4096;

    /// <summary>Where <see cref="Magic"/> stands.</summary>
    public const int MagicOffset = 0;

    /// <summary>Slots of capabilities; 0 = not there.</summary>
    public const int CNode = 8;
    public const int VSpace = 16;
    public const int Tcb = 24;
    public const int TimerNotification = 32;
    public const int Domain = 40;
    public const int AsidPool = 48;
    public const int AsidControl = 56;
    public const int IoSpace = 64;
    public const int DeviceFrame = 72;

    /// <summary>log2 slots of the CNode.</summary>
    public const int CNodeBits = 80;

    /// <summary>Slots that are the test's own: first, one past the last.</summary>
    public const int FreeStart = 88;
    public const int FreeEnd = 96;

    /// <summary>Slots of the untyped memory, which follow each other, and the log2 bytes of each, a byte each.</summary>
    public const int UntypedStart = 104;
    public const int UntypedEnd = 112;
    public const int UntypedBits = 120;

    /// <summary>Priority of the test's thread, and the highest that it can hand out.</summary>
    public const int Priority = 136;
    public const int MaxPriority = 144;

    /// <summary>Lowest address of the stack, and its pages.</summary>
    public const int StackBottom = 152;
    public const int StackPages = 160;

    /// <summary>Time stamp counter frequency in MHz, cores, the seed of this test, 1 when there is a timer.</summary>
    public const int TscMegahertz = 168;
    public const int Cores = 176;
    public const int Seed = 184;
    public const int HasTimer = 192;

    /// <summary>Number of loaded regions, then up to four pairs of first address and one past the last.</summary>
    public const int RegionCount = 200;
    public const int Regions = 208;
    public const int MaxRegions = 4;

    /// <summary>Bytes of the test's name, then the name.</summary>
    public const int NameBytes = 272;
    public const int Name = 280;

    /// <summary>Room for a trace that the test keeps, and the driver saves when the test ends.</summary>
    public const int Trace = 2048;
    public const int TraceBytes = 2048;

    /// <summary>A word of the page.</summary>
    public static ulong Word(ReadOnlySpan<byte> page, int offset) => MemoryMarshal.Read<ulong>(page.Slice(offset));

    /// <summary>Sets a word of the page.</summary>
    public static void SetWord(Span<byte> page, int offset, ulong value) => MemoryMarshal.Write(page.Slice(offset), value);

    /// <summary>The name of the test.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> page) =>
        page.Slice(Name, (int)Math.Min(Word(page, NameBytes), TestLimits.MaxNameBytes));
}
