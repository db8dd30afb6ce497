// SPDX-License-Identifier: BSD-2-Clause

using System.Threading;

namespace Sel4.RootServer;

/// <summary>Registers that are mapped in the own address space.</summary>
public sealed unsafe class MappedRegisters(ulong address) : IRegisterPage
{
    private readonly ulong* _registers = (ulong*)address;

    /// <inheritdoc/>
    // SAFETY: the maker mapped a page of device memory at the address, for as long as the program runs; offsets lie in the page.
    public ulong Read(int offset) => Volatile.Read(ref *(_registers + (offset >> 3)));

    /// <inheritdoc/>
    public void Write(int offset, ulong value) => Volatile.Write(ref *(_registers + (offset >> 3)), value);
}
