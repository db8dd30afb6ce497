// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Internal.Runtime.CompilerHelpers;

namespace Internal.Runtime;

/// <summary>Finds the code of interface calls, and remembers it at the place of the call.</summary>
/// <remarks>
/// ilc emits a cell of two words for each interface method that is called: code and information. A run of cells for one method ends
/// with a cell without code whose information holds the method's number in its low 16 bits. In a fresh cell the information is the
/// interface, as a distance from the word itself with the two low bits set; afterwards it is a <see cref="CallSite"/>.
/// What is remembered is only ever added to, each pair completed before its type makes it visible, so that a second thread may make
/// interface calls too: at worst it looks a method up again.
/// </remarks>
internal static unsafe class InterfaceDispatch
{
    private const uint TagMask = 3;
    private const uint TagRelative = 3;
    private const uint TagRelativeIndirect = 2;
    private const uint TagPointer = 1;
    private const ushort SlotAmbiguous = 0xFFFE;
    private const ushort SlotAbstract = 0xFFFF;
    private const int PairCount = 3;
    private const int SlotShift = 48;

    /// <summary>Where a call sees more classes than fit into so many sites, the rest is looked up each time.</summary>
    private const int MaxSites = 16;

    private struct Cell
    {
        internal nint Code;
        internal nint Information;
    }

    /// <summary>A class that was seen, and its method.</summary>
    private struct Pair
    {
        internal nint Type;
        internal nint Code;
    }

    /// <summary>What a call has seen so far. Runtime.S knows the pairs and the link; all blocks of the engine have this size.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct CallSite
    {
        internal Pair Pair0;
        internal Pair Pair1;
        internal Pair Pair2;
        internal nint Next;

        /// <summary>In the first of a chain: the interface in the low 48 bits, the number of the method above.</summary>
        internal ulong Method;
    }

    /// <summary>Finds the code for a receiver of <paramref name="type"/>, and remembers it.</summary>
    [RuntimeExport("corelib_resolve_interface")]
    private static nint Resolve(MethodTable* type, Cell* cell)
    {
        nint information = Volatile.Read(ref cell->Information);
        CallSite* site = ((nuint)information & TagMask) != 0 ? Open(cell) : (CallSite*)information;
        MethodTable* target = (MethodTable*)(site->Method & ((1ul << SlotShift) - 1));
        nint code = Find(type, target, (uint)(site->Method >> SlotShift));
        Remember(site, (nint)type, code);
        return code;
    }

    /// <summary>Claims the first free pair by its code and then completes it by its type.</summary>
    private static void Remember(CallSite* site, nint type, nint code)
    {
        for (int count = 0; count < MaxSites; count++)
        {
            Pair* pairs = (Pair*)site;
            for (int index = 0; index < PairCount; index++)
            {
                if (pairs[index].Code != 0 || Interlocked.CompareExchange(ref pairs[index].Code, code, 0) != 0) continue;
                Volatile.Write(ref pairs[index].Type, type);
                return;
            }
            if (site->Next == 0) Interlocked.CompareExchange(ref site->Next, (nint)Heap.NewBlock(), 0);
            site = (CallSite*)site->Next;
        }
    }

    /// <summary>The code a delegate to an interface method calls.</summary>
    internal static nint Find(object receiver, nint dispatchCell) => Resolve(receiver.m_pEEType, (Cell*)dispatchCell);

    /// <summary>Gives a fresh cell its call site. The information is in place before the code that relies on it.</summary>
    private static CallSite* Open(Cell* cell)
    {
        MethodTable* target = Interface(cell);
        Cell* last = cell;
        while (last->Code != 0) last++;
        CallSite* site = (CallSite*)Heap.NewBlock();
        site->Method = (ulong)target | ((ulong)(ushort)last->Information << SlotShift);
        Volatile.Write(ref cell->Information, (nint)site);
        Volatile.Write(ref cell->Code, CachedDispatchAddress());
        return site;
    }

    private static MethodTable* Interface(Cell* cell)
    {
        nint information = cell->Information;
        byte* relative = (byte*)&cell->Information + (int)information;
        return ((uint)information & TagMask) switch
        {
            TagRelative => (MethodTable*)(relative - TagRelative),
            TagRelativeIndirect => *(MethodTable**)(relative - TagRelativeIndirect),
            _ => (MethodTable*)(information - (nint)TagPointer),
        };
    }

    /// <summary>
    /// The nearest class decides, an exact match before a variant one; only when no class implements the method do the interfaces'
    /// own bodies count (ECMA-335 §II.12.2).
    /// </summary>
    private static nint Find(MethodTable* type, MethodTable* target, uint slot)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            for (MethodTable* current = type; current is not null; current = current->Base)
            {
                ushort* map = current->DispatchMap;
                if (map is null) continue;
                int first = pass == 0 ? 0 : map[0];
                int count = pass == 0 ? map[0] : map[1];
                int found = Search(current, type, map + 4 + (3 * first), count, target, slot);
                if (found >= 0) return Code(type, current, (ushort)found);
            }
        }
        ThrowHelpers.ThrowEntryPointNotFound();
        return 0;
    }

    /// <summary>Looks through entries of {number of the interface, method of the interface, method of the class}.</summary>
    private static int Search(MethodTable* current, MethodTable* type, ushort* entry, int count, MethodTable* target, uint slot)
    {
        bool variant = target->IsVariant || (type->IsArray && target->IsGeneric);
        for (int round = 0; round < (variant ? 2 : 1); round++)
        {
            for (int index = 0; index < count; index++)
            {
                ushort* at = entry + (3 * index);
                if (at[1] != slot) continue;
                MethodTable* candidate = current->Interfaces[at[0]];
                if (round == 0 ? candidate == target : TypeRelations.IsVariantOf(candidate, target, type->IsArray)) return at[2];
            }
        }
        return -1;
    }

    /// <summary>A number within the vtable is looked up in the object's class, which may override it; a sealed one in its own.</summary>
    private static nint Code(MethodTable* type, MethodTable* owner, ushort slot)
    {
        if (slot is SlotAbstract or SlotAmbiguous) ThrowHelpers.ThrowEntryPointNotFound();
        return slot < owner->VtableSlotCount
            ? type->Vtable[slot]
            : (nint)MethodTable.Follow(owner->SealedVtable + (slot - owner->VtableSlotCount));
    }

    [RuntimeImport("*", "corelib_dispatch_cached_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint CachedDispatchAddress();
}
