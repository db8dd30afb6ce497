// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Rpc;

/// <summary>The address of a byte as the machine's bus sees it. Address 0 is as good as any other (RPC:D29).</summary>
public readonly struct PhysicalAddress(ulong value)
{
    /// <summary>The number.</summary>
    public readonly ulong Value = value;
}
