// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Where an allocation stopped.</summary>
public enum AllocationStage : byte
{
    /// <summary>Type or size mean nothing.</summary>
    Size,

    /// <summary>A policy or quota refused.</summary>
    Policy,

    /// <summary>No record is left to write it down.</summary>
    Record,

    /// <summary>No capability slot is left.</summary>
    Slot,

    /// <summary>No block of memory would do.</summary>
    Memory,

    /// <summary>The kernel refused to make the object.</summary>
    Retype,
}

/// <summary>Everything about a failed allocation that its author needs to know (AL:G1).</summary>
public struct AllocationFailure
{
    public ulong Owner;
    public ObjectType Type;
    public int SizeBits;
    public int Count;
    public ulong Min;
    public ulong Max;
    public int AlignBits;
    public AllocationStage Stage;
    public AllocationError Error;

    /// <summary>The kernel's own, where it was asked.</summary>
    public ErrorCode KernelError;
    public ulong FreeRamBytes;
    public ulong FreeDeviceBytes;

    /// <summary>log2 bytes of the largest free block of RAM; −1 when there is none.</summary>
    public int LargestRamBits;
    public OwnerUse First;
    public OwnerUse Second;
    public OwnerUse Third;

    /// <summary>A few lines of at most 100 columns.</summary>
    public readonly string Describe()
    {
        string size = SizeBits is > 0 and < 64 ? Units.Bytes(1ul << SizeBits) : "no size";
        string name = Encoding.UTF8.GetString(ObjectTypeNames.Of(Type));
        string text = $"owner {Owner} asked for {Count} x {name} of {size}: {Error} at {Stage}";
        if (KernelError != ErrorCode.None) text += $", kernel error {(int)KernelError}";
        if (Min != 0 || Max != ulong.MaxValue) text += $"\n  within 0x{Min:x} to 0x{Max:x}";
        if (AlignBits > SizeBits) text += $"\n  aligned to 2^{AlignBits}";
        string largest = LargestRamBits < 0 ? "none" : Units.Bytes(1ul << LargestRamBits);
        text += $"\n  free: {Units.Bytes(FreeRamBytes)} RAM, largest block {largest}; {Units.Bytes(FreeDeviceBytes)} device memory";
        if (First.Objects != 0) text += $"\n  most used by: {Use(First)}{Use(Second)}{Use(Third)}";
        return text;
    }

    private static string Use(OwnerUse use) => use.Objects == 0 ? "" : $" owner {use.Owner} {Units.Bytes(use.Bytes)};";
}

/// <summary>Where failures are reported; those that were expected (Quiet) are only counted.</summary>
public interface IAllocationLog
{
    void Failed(in AllocationFailure failure);
}
