// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of ObjectType as UTF-8 text.</summary>
public static class ObjectTypeNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(ObjectType value) => value switch
    {
        ObjectType.Untyped => "Untyped"u8,
        ObjectType.Tcb => "Tcb"u8,
        ObjectType.Endpoint => "Endpoint"u8,
        ObjectType.Notification => "Notification"u8,
        ObjectType.CNode => "CNode"u8,
        ObjectType.Pdpt => "Pdpt"u8,
        ObjectType.Pml4 => "Pml4"u8,
        ObjectType.HugePage => "HugePage"u8,
        ObjectType.SmallPage => "SmallPage"u8,
        ObjectType.LargePage => "LargePage"u8,
        ObjectType.PageTable => "PageTable"u8,
        ObjectType.PageDirectory => "PageDirectory"u8,
        _ => "?"u8,
    };
}
