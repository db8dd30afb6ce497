// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>What a capability refers to, as a type; such types have no values that matter.</summary>
public interface ICapabilityType;

/// <summary>A type of object that Retype makes.</summary>
public interface IObjectType : ICapabilityType
{
    /// <summary>Retype's number for it.</summary>
    static abstract ObjectType Type { get; }
}

/// <summary>A page of some size.</summary>
public interface IFrameType : ICapabilityType;

/// <summary>A page of known size.</summary>
public interface ISizedFrameType : IFrameType, IObjectType
{
    /// <summary>log2 of the page's bytes.</summary>
    static abstract int SizeBits { get; }
}

/// <summary>A table between the root of an address space and its pages.</summary>
public interface IPagingStructure : IObjectType
{
    /// <summary>log2 of the bytes of address space that one of them covers.</summary>
    static abstract int CoverBits { get; }
}

/// <summary>Memory from which objects are made.</summary>
public readonly struct Untyped : IObjectType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.Untyped;
}

/// <summary>A meeting point of senders and receivers.</summary>
public readonly struct Endpoint : IObjectType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.Endpoint;
}

/// <summary>A word of signals.</summary>
public readonly struct Notification : IObjectType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.Notification;
}

/// <summary>A thread.</summary>
public readonly struct Tcb : IObjectType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.Tcb;
}

/// <summary>A table of capability slots.</summary>
public readonly struct CNode : IObjectType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.CNode;
}

/// <summary>The right to answer one caller, saved into a slot.</summary>
public readonly struct Reply : ICapabilityType;

/// <summary>The root of an address space.</summary>
public readonly struct Pml4 : IObjectType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.Pml4;
}

/// <summary>Page directory pointer table.</summary>
public readonly struct Pdpt : IPagingStructure
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.Pdpt;

    /// <inheritdoc/>
    public static int CoverBits => AbiConstants.PdptCoverBits;
}

/// <summary>Page directory.</summary>
public readonly struct PageDirectory : IPagingStructure
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.PageDirectory;

    /// <inheritdoc/>
    public static int CoverBits => AbiConstants.HugePageBits;
}

/// <summary>Page table.</summary>
public readonly struct PageTable : IPagingStructure
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.PageTable;

    /// <inheritdoc/>
    public static int CoverBits => AbiConstants.LargePageBits;
}

/// <summary>A page whose size the program keeps elsewhere.</summary>
public readonly struct Frame : IFrameType;

/// <summary>A page of 4 KiB.</summary>
public readonly struct SmallPage : ISizedFrameType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.SmallPage;

    /// <inheritdoc/>
    public static int SizeBits => AbiConstants.PageBits;
}

/// <summary>A page of 2 MiB.</summary>
public readonly struct LargePage : ISizedFrameType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.LargePage;

    /// <inheritdoc/>
    public static int SizeBits => AbiConstants.LargePageBits;
}

/// <summary>A page of 1 GiB.</summary>
public readonly struct HugePage : ISizedFrameType
{
    /// <inheritdoc/>
    public static ObjectType Type => ObjectType.HugePage;

    /// <inheritdoc/>
    public static int SizeBits => AbiConstants.HugePageBits;
}

/// <summary>The right to make pools of address space numbers.</summary>
public readonly struct AsidControl : ICapabilityType;

/// <summary>512 address space numbers.</summary>
public readonly struct AsidPool : ICapabilityType;

/// <summary>The right to issue interrupt handlers.</summary>
public readonly struct IrqControl : ICapabilityType;

/// <summary>One interrupt.</summary>
public readonly struct IrqHandler : ICapabilityType;

/// <summary>The right to issue ranges of I/O ports.</summary>
public readonly struct IoPortControl : ICapabilityType;

/// <summary>A range of I/O ports.</summary>
public readonly struct IoPort : ICapabilityType;

/// <summary>The right to arrange scheduling domains.</summary>
public readonly struct Domain : ICapabilityType;
