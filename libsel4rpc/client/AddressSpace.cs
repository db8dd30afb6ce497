// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>This program's own address space: maps frames, asking the root server for the page tables that are missing.</summary>
public sealed class AddressSpace(RpcClient client)
{
    private readonly RpcClient _client = client;
    private readonly PageSupply _pages = new(client.Channel, ProcessEnvironment.VSpace);

    /// <summary>Maps a frame at a multiple of its size; pages of the server's making lie below 4 MiB, the program above.</summary>
    /// <returns>The kernel's error; NotEnoughMemory when the root server refused memory for a page table.</returns>
    public Sel4Error Map(Cap<Frame> frame, ulong address, CapRights rights = CapRights.ReadWrite) =>
        _pages.Map(ref ProcessSlots.Range, ref _client.Message, frame, address, rights);
}
