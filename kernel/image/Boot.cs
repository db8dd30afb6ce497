// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using System.Runtime.CompilerServices;
using Kernel.Core;
using Kernel.Pc99;
using Kernel.X64;

namespace Kernel.Image;

/// <summary>From the machine as the loader left it to the first instruction of the root task.</summary>
internal static unsafe class Boot
{
    // Everything of the loader's that is needed once memory is handed out is copied to these.
    private static BootDescription s_description;
    private static MemoryMapCopy s_memoryMap;
    private static RootPointerCopy s_rootPointer;
    private static VideoCopy s_video;

    /// <summary>Runs once, entered from Boot.S with interrupts off; Trap.S starts the root task afterwards.</summary>
    [RuntimeExport("kernel_main")]
    private static void Run(ulong loaderInformation)
    {
        ref BootDescription description = ref s_description;
        ref KernelState kernel = ref State();
        Multiboot loader = new(loaderInformation);

        ReadOptions(ref description, loader);       // command line, serial port
        kernel.LogLevel = description.Options.LogLevel;
        Machine.SetUpProcessor();                   // descriptor tables, control registers, system-call entry
        LegacyPic.Disable();
        LocalApic.SetUp();
        FindDevices(ref description);               // ACPI: root pointer, IOAPICs
        bool isMeasured = Clock.Calibrate();        // TSC and timer against the PIT
        description.TscMegahertz = Clock.TimeStampMegahertz;
        FindMemory(ref description, loader);        // RAM, what is reserved, the root task's file
        CopyVideo(ref description, loader);         // VBE, if the loader set a graphics mode
        DescribeIdle(ref description);
        BootMessages.Machine(ref description, isMeasured);

        BootFailure failure = RootTask<Machine>.Start(ref kernel, ref description);
        if (failure != BootFailure.None) Stop(BootFailures.Describe(failure));
        BootMessages.RootTask(ref description);
        LocalApic.StartTimer(Clock.TimerCountsPerTick);
    }

    private static ref KernelState State()
    {
        ImageSymbols* symbols = Instructions.Symbols();
        Require.That((ulong)sizeof(KernelState) <= symbols->KernelStateBytes);
        return ref *(KernelState*)symbols->KernelState;
    }

    private static void ReadOptions(ref BootDescription description, Multiboot loader)
    {
        ref BootOptions options = ref description.Options;
        options.ConsolePort = SerialPort.DefaultPort;
        options.LogLevel = BootOptions.UsualLogLevel;
        options.DebugPort = SerialPort.DefaultPort;
        if (loader.CommandLine != 0) CommandLine.Parse(loader.CommandLine, Multiboot.MaximumCommandLine, ref options);
        SerialPort.Open((ushort)options.ConsolePort, (ushort)options.DebugPort);
        if (options.LogLevel == 0) TextOutput.Silence();
    }

    private static void FindDevices(ref BootDescription description)
    {
        ulong rootPointer = Acpi.FindRootPointer();
        if (rootPointer == 0) Stop("the firmware has no ACPI tables");
        if (!Acpi.FindIoApics(rootPointer)) Stop("the ACPI tables have no valid MADT");
        if (IoApic.Count == 0) Stop("the ACPI tables name no IOAPIC");

        fixed (RootPointerCopy* copy = &s_rootPointer)
        {
            Acpi.CopyRootPointer(rootPointer, (ulong)copy);
            description.Rsdp = (ulong)copy;
        }
        Reserve(ref description, LocalApic.PhysicalAddress);
        for (int ioApic = 0; ioApic < IoApic.Count; ioApic++) Reserve(ref description, IoApic.PhysicalAddress(ioApic));
    }

    private static void FindMemory(ref BootDescription description, Multiboot loader)
    {
        ImageSymbols* symbols = Instructions.Symbols();
        description.PhysicalTop = KernelPageTables.WindowTop;
        if (!description.Reserved.Add(symbols->ImageStart, symbols->ImageEnd)) Stop(BootFailures.Describe(BootFailure.TooManyRegions));

        if (loader.ModuleCount == 0) Stop("the loader gave no root task: pass its ELF file as the first module (QEMU: -initrd)");
        description.Module.Start = loader.ModuleStart(0);
        description.Module.End = loader.ModuleEnd(0);
        if (description.Module.IsEmpty) Stop("the root task's file is empty");

        if (!loader.HasMemorySizes) Stop("the loader does not say how much memory there is");
        if (loader.MemoryMapBytes == 0)
        {
            BootMemory.AddUpperMemory(ref description, loader.UpperKibibytes);
            return;
        }
        BootMemory.AddMultibootMap(ref description, loader.MemoryMap, loader.MemoryMapBytes);
        CopyMemoryMap(ref description, loader);
    }

    private static void CopyMemoryMap(ref BootDescription description, Multiboot loader)
    {
        ulong bytes = loader.MemoryMapBytes;
        if (bytes > (ulong)sizeof(MemoryMapCopy)) bytes = (ulong)sizeof(MemoryMapCopy);
        fixed (MemoryMapCopy* copy = &s_memoryMap)
        {
            RawMemory.Copy((ulong)copy, loader.MemoryMap, bytes);
            description.MemoryMap = (ulong)copy;
        }
        description.MemoryMapBytes = bytes;
    }

    private static void CopyVideo(ref BootDescription description, Multiboot loader)
    {
        if (loader.VideoControl == 0) return;
        fixed (VideoCopy* copy = &s_video)
        {
            ulong modeInfo = (ulong)copy + Multiboot.VideoControlBytes;
            RawMemory.Copy((ulong)copy, loader.VideoControl, Multiboot.VideoControlBytes);
            RawMemory.Copy(modeInfo, loader.VideoModeInfo, Multiboot.VideoModeBytes);
            description.Vbe.ControlInfo = (ulong)copy;
            description.Vbe.ModeInfo = modeInfo;
        }
        description.Vbe.Mode = loader.VideoMode;
        description.Vbe.InterfaceSegment = loader.VideoInterfaceSegment;
        description.Vbe.InterfaceOffset = loader.VideoInterfaceOffset;
        description.Vbe.InterfaceLength = loader.VideoInterfaceLength;
    }

    private static void DescribeIdle(ref BootDescription description)
    {
        description.IdleEntry = Instructions.Symbols()->IdleLoop;
        description.IdleCodeSelector = DescriptorTables.KernelCode;
        description.IdleStackSelector = DescriptorTables.KernelData;
    }

    private static void Reserve(ref BootDescription description, ulong devicePage)
    {
        bool hasRoom = description.Reserved.Add(devicePage, devicePage + KernelPageTables.PageBytes);
        if (!hasRoom) Stop(BootFailures.Describe(BootFailure.TooManyRegions));
    }

    private static void Stop(string reason)
    {
        PanicReport.Boot(reason);
        Machine.Halt();
    }

    /// <summary>The 50 records that BootInfo has room for (boot sheet §7).</summary>
    [InlineArray(150)]
    private struct MemoryMapCopy
    {
        private ulong _first;
    }

    /// <summary>VBE control information, then mode information.</summary>
    [InlineArray((int)(Multiboot.VideoControlBytes + Multiboot.VideoModeBytes) / sizeof(ulong))]
    private struct VideoCopy
    {
        private ulong _first;
    }

    [InlineArray(5)]
    private struct RootPointerCopy
    {
        private ulong _first;
    }
}
