// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>Segments, the task state segment and the interrupt descriptors. Memory and fixed entries are in Trap.S.</summary>
public static unsafe class DescriptorTables
{
    public const ushort KernelCode = 0x08;
    public const ushort KernelData = 0x10;
    public const ushort TaskState = 0x38;

    private const ushort GdtBytes = 0x48;
    private const ushort TaskStateBytes = 104;
    private const int Vectors = 256;
    private const ulong StubBytes = 16;

    private const int DebugBreakpoint = 3;
    private const int Nmi = 2;
    private const int DoubleFault = 8;
    private const int MachineCheck = 18;

    // Vectors that a user program may raise with INT (ABI §8.2): the rest of the table after the kernel's own vectors.
    private const int FirstUserVector = 158;

    private const ulong InterruptGate = 0x8e00ul << 32;
    private const ulong UserGate = 0xee00ul << 32;

    /// <summary>Fills the tables and loads GDTR, TR and IDTR.</summary>
    public static void Load()
    {
        ImageSymbols* symbols = Instructions.Symbols();
        FillTaskState(symbols);
        LoadGdt(symbols);
        Instructions.LoadTaskRegister(TaskState);
        FillIdt(symbols);
        LoadIdt(symbols);
    }

    /// <summary>The word that says where the processor and <c>syscall_entry</c> find the current thread's registers.</summary>
    public static ulong* RingZeroStack => (ulong*)(Instructions.Symbols()->TaskState + 4);

    private static void FillTaskState(ImageSymbols* symbols)
    {
        ulong state = symbols->TaskState;
        *(ulong*)(state + 4) = symbols->KernelStackTop;
        *(ulong*)(state + 36) = symbols->FaultStackTop;             // IST1
        *(ulong*)(state + 44) = symbols->NmiStackTop;               // IST2
        *(ulong*)(state + 52) = symbols->MachineCheckStackTop;      // IST3

        // The I/O permission bitmap starts beyond the limit: ring 3 has no port of its own (ABI §10.5).
        *(ushort*)(state + 102) = TaskStateBytes;

        // SDM 3A §7.2.3: a 64-bit TSS descriptor takes two entries; 0x89 = present, available.
        ulong* descriptor = (ulong*)(symbols->GlobalDescriptorTable + TaskState);
        descriptor[0] = (TaskStateBytes - 1) | ((state & 0xff_ffff) << 16) | (0x89ul << 40) | ((state >> 24 & 0xff) << 56);
        descriptor[1] = state >> 32;
    }

    private static void FillIdt(ImageSymbols* symbols)
    {
        ulong* entry = (ulong*)symbols->InterruptDescriptorTable;
        for (int vector = 0; vector < Vectors; vector++)
        {
            ulong stub = symbols->TrapStubs + ((ulong)vector * StubBytes);
            ulong kind = vector == DebugBreakpoint || vector >= FirstUserVector ? UserGate : InterruptGate;
            entry[0] = (stub & 0xffff) | ((ulong)KernelCode << 16) | StackOf(vector) | kind | ((stub >> 16 & 0xffff) << 48);
            entry[1] = stub >> 32;
            entry += 2;
        }
    }

    private static ulong StackOf(int vector)
    {
        if (vector == DoubleFault) return 1ul << 32;
        if (vector == Nmi) return 2ul << 32;
        return vector == MachineCheck ? 3ul << 32 : 0;
    }

    private static void LoadGdt(ImageSymbols* symbols)
    {
        TablePointer pointer;
        pointer.Base = symbols->GlobalDescriptorTable;
        pointer.Limit = GdtBytes - 1;
        Instructions.LoadGdt((byte*)&pointer.Limit);
    }

    private static void LoadIdt(ImageSymbols* symbols)
    {
        TablePointer pointer;
        pointer.Base = symbols->InterruptDescriptorTable;
        pointer.Limit = (Vectors * 16) - 1;
        Instructions.LoadIdt((byte*)&pointer.Limit);
    }

    /// <summary>The operand of LGDT and LIDT: a 16-bit limit directly before a 64-bit base.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 16)]
    private struct TablePointer
    {
        [System.Runtime.InteropServices.FieldOffset(6)] public ushort Limit;
        [System.Runtime.InteropServices.FieldOffset(8)] public ulong Base;
    }
}
