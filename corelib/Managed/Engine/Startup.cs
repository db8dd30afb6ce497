// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>What ilc leaves to do before the first line of a program: allocate the objects that hold static references.</summary>
internal static unsafe class Startup
{
    private const uint Signature = 0x0052_5452;
    private const int SectionGCStatics = 201;
    private const int SectionThreadStatics = 202;
    private const int Uninitialized = 1;
    private const int HasInitialData = 2;

    /// <summary>The head of a module's table of sections.</summary>
    private struct ModuleHeader
    {
        internal uint Signature;
        internal ushort MajorVersion;
        internal ushort MinorVersion;
        internal uint Flags;
        internal ushort SectionCount;
        internal byte EntrySize;
        internal byte EntryType;
    }

    private struct Section
    {
        internal int Id;
        internal int Flags;
        internal byte* Start;
        internal byte* End;
    }

    /// <summary>Makes C# usable; called once, before any other C# that allocates or has static references.</summary>
    [RuntimeExport("corelib_initialize")]
    private static void Initialize()
    {
        Heap.Initialize();
        for (ModuleHeader** module = Modules(); module < ModulesEnd(); module++)
        {
            if (*module is not null) InitializeModule(*module);
        }
    }

    private static void InitializeModule(ModuleHeader* module)
    {
        if (module->Signature != Signature) CompilerHelpers.ThrowHelpers.ThrowInvalidProgramException();
        Section* sections = (Section*)(module + 1);
        for (int index = 0; index < module->SectionCount; index++)
        {
            Section* section = &sections[index];
            if (section->Id == SectionGCStatics) InitializeStatics((int*)section->Start, (int*)section->End);
            if (section->Id == SectionThreadStatics) ThreadStatics.Initialize((MethodTable**)section->Start, (MethodTable**)section->End);
        }
    }

    /// <summary>
    /// Each cell names the type of an object that holds one class's static references: allocate it, copy what was computed at
    /// compile time, and put it into the cell.
    /// </summary>
    private static void InitializeStatics(int* entry, int* end)
    {
        for (; entry < end; entry++)
        {
            int* cell = (int*)MethodTable.Follow(entry);
            nint target = (nint)MethodTable.Follow(cell);
            if ((target & Uninitialized) == 0) continue;
            object statics = Heap.NewObject((MethodTable*)(target & ~(nint)3));
            if ((target & HasInitialData) != 0)
            {
                void* data = MethodTable.Follow(cell + 1);
                MemoryOperations.Move(Unsafe.AsPointer(ref Unsafe.As<RawData>(statics).Data), data, statics.m_pEEType->ValueSize);
            }
            *(nint*)cell = Unsafe.As<object, nint>(ref statics);
        }
    }

    [RuntimeImport("*", "corelib_modules_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ModuleHeader** Modules();

    [RuntimeImport("*", "corelib_modules_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ModuleHeader** ModulesEnd();
}
