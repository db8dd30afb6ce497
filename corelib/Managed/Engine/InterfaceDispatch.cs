// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace Internal.Runtime;

/// <summary>Finds the code of interface calls, and remembers it at the place of the call.</summary>
/// <remarks>
/// ilc emits a cell of two words for each interface method that is called: code and information. A run of cells for one method ends
/// with a cell without code whose information holds the method's number in its low 16 bits. In a fresh cell the information is the
/// interface, as a distance from the word itself with the two low bits set; afterwards it is a <see cref="CallSite"/>.
/// </remarks>
internal static unsafe class InterfaceDispatch
{
    private const uint TagMask = 3;
    private const uint TagRelative = 3;
    private const uint TagRelativeIndirect = 2;
    private const uint TagPointer = 1;
    private const ushort SlotAmbiguous = 0xFFFE;
    private const ushort SlotAbstract = 0xFFFF;

    private struct Cell
    {
        internal nint Code;
        internal nint Information;
    }

    /// <summary>What a call has seen so far. Runtime.S knows the three pairs and their order.</summary>
    private struct CallSite
    {
        internal MethodTable* Type0;
        internal nint Code0;
        internal MethodTable* Type1;
        internal nint Code1;
        internal MethodTable* Type2;
        internal nint Code2;
        internal MethodTable* Interface;
        internal uint Slot;
        internal uint NextPair;
    }

    /// <summary>Finds the code for a receiver of <paramref name="type"/> and puts it first in line at this call.</summary>
    [RuntimeExport("corelib_resolve_interface")]
    private static nint Resolve(MethodTable* type, Cell* cell)
    {
        CallSite* site = (CallSite*)cell->Information;
        if (((nuint)cell->Information & TagMask) != 0) site = Open(cell);
        nint code = Find(type, site->Interface, site->Slot);
        uint pair = site->NextPair;
        site->NextPair = pair == 2 ? 0 : pair + 1;
        MethodTable** types = (MethodTable**)site;
        types[2 * pair] = type;
        types[(2 * pair) + 1] = (MethodTable*)code;
        return code;
    }

    /// <summary>The code a delegate to an interface method calls.</summary>
    internal static nint Find(object receiver, nint dispatchCell)
    {
        Cell* cell = (Cell*)dispatchCell;
        return Resolve(receiver.m_pEEType, cell);
    }

    private static CallSite* Open(Cell* cell)
    {
        MethodTable* target = Interface(cell);
        Cell* last = cell;
        while (last->Code != 0) last++;
        CallSite* site = (CallSite*)Heap.NewBlock((nuint)sizeof(CallSite));
        site->Interface = target;
        site->Slot = (ushort)last->Information;
        cell->Information = (nint)site;
        cell->Code = CachedDispatchAddress();
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
                if (round == 0 ? candidate == target : TypeRelations.IsVariantOf(candidate, target)) return at[2];
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
