// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>The local APIC of the one processor (SDM 3A chapter 11): end of interrupt, pending interrupts, the tick.</summary>
/// <remarks>
/// Its registers are in a memory page, unless the firmware has switched to x2APIC mode, which cannot be left without a
/// reset: then they are MSRs, each numbered 0x800 + offset / 16.
/// </remarks>
public static unsafe class LocalApic
{
    public const byte TimerVector = 157;
    private const uint SpuriousVector = 255;
    private const int DevicePage = 0;

    private const uint BaseMsr = 0x1b;
    private const ulong BaseEnabled = 1 << 11;
    private const ulong BaseX2Apic = 1 << 10;
    private const ulong BaseAddressMask = 0xf_ffff_ffff_f000;
    private const uint FirstX2ApicMsr = 0x800;

    private const uint Id = 0x20;
    private const uint TaskPriority = 0x80;
    private const uint Eoi = 0xb0;
    private const uint Spurious = 0xf0;
    private const uint InterruptRequest = 0x200;
    private const uint TimerEntry = 0x320;
    private const uint ThermalEntry = 0x330;
    private const uint CounterEntry = 0x340;
    private const uint Line0Entry = 0x350;
    private const uint Line1Entry = 0x360;
    private const uint ErrorEntry = 0x370;
    private const uint TimerInitial = 0x380;
    private const uint TimerCurrent = 0x390;
    private const uint TimerDivide = 0x3e0;
    private const uint Version = 0x30;

    private const uint Masked = 1 << 16;
    private const uint Periodic = 1 << 17;
    private const uint DeliverNmi = 4 << 8;
    private const uint SoftwareEnabled = 1 << 8;
    private const uint DivideByOne = 0xb;

    // Interrupts 48…157 are ours; IRR words 1…4 hold vectors 32…159.
    private const uint FirstRequestWord = 1;
    private const uint LastRequestWord = 4;

    private static ulong s_registers;
    private static ulong s_physicalAddress;
    private static uint s_id;
    private static bool s_isX2Apic;

    /// <summary>The page that must not be handed out; also in x2APIC mode, where it is unused.</summary>
    public static ulong PhysicalAddress => s_physicalAddress;

    public static uint ProcessorId => s_id;

    public static bool IsX2Apic => s_isX2Apic;

    /// <summary>Enables the APIC with everything but the timer masked; the timer counts down, silently, from the top.</summary>
    public static void SetUp()
    {
        ulong state = Instructions.ReadMsr(BaseMsr);
        s_physicalAddress = state & BaseAddressMask;
        s_isX2Apic = (state & BaseX2Apic) != 0;
        if (!s_isX2Apic)
        {
            Instructions.WriteMsr(BaseMsr, state | BaseEnabled);
            s_registers = KernelPageTables.MapDevice(DevicePage, s_physicalAddress);
        }
        s_id = s_isX2Apic ? Read(Id) : Read(Id) >> 24;

        Write(TaskPriority, 0);
        Write(Line0Entry, Masked);                          // the 8259s are silent
        Write(Line1Entry, DeliverNmi);
        uint highestEntry = (Read(Version) >> 16) & 0xff;
        if (highestEntry >= 4) Write(CounterEntry, Masked);
        if (highestEntry >= 5) Write(ThermalEntry, Masked);
        Write(ErrorEntry, Masked);
        Write(TimerEntry, Masked);
        Write(TimerDivide, DivideByOne);
        Write(Spurious, SoftwareEnabled | SpuriousVector);
        RestartTimer();
    }

    /// <summary>Lets the counter run from the top again; as long as <see cref="StartTimer"/> was not called, without interrupts.</summary>
    public static void RestartTimer() => Write(TimerInitial, uint.MaxValue);

    /// <summary>The timer's counter, for calibration: it runs down from 2^32 − 1.</summary>
    public static uint TimerCount => Read(TimerCurrent);

    /// <summary>Starts the periodic tick.</summary>
    public static void StartTimer(uint countsPerTick)
    {
        Write(TimerEntry, TimerVector | Periodic);
        Write(TimerInitial, countsPerTick);
    }

    public static void EndOfInterrupt() => Write(Eoi, 0);

    /// <summary>True when an interrupt waits to be taken (interrupt request register, SDM 3A §11.8.4).</summary>
    public static bool IsInterruptPending
    {
        get
        {
            for (uint word = FirstRequestWord; word <= LastRequestWord; word++)
            {
                if (Read(InterruptRequest + (word * 16)) != 0) return true;
            }
            return false;
        }
    }

    private static uint Read(uint register)
    {
        if (s_isX2Apic) return (uint)Instructions.ReadMsr(FirstX2ApicMsr + (register >> 4));
        return System.Threading.Volatile.Read(ref *(uint*)(s_registers + register));
    }

    private static void Write(uint register, uint value)
    {
        if (s_isX2Apic) Instructions.WriteMsr(FirstX2ApicMsr + (register >> 4), value);
        else System.Threading.Volatile.Write(ref *(uint*)(s_registers + register), value);
    }
}
