// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>This program's own address space: maps frames, asking the root server for the page tables that are missing.</summary>
public sealed class AddressSpace(RpcClient client)
{
    private readonly RpcClient _client = client;
    private readonly PageSupply _pages = new(client.Channel, ProcessEnvironment.VSpace);
    private RpcError _refusal;

    /// <summary>Maps a frame at a multiple of its size.</summary>
    /// <remarks>
    /// Below 4 MiB lie pages of the server's making, from there on the program, and from 2^36 to 2^37 the heap; a page of the
    /// same size that is mapped over another one replaces it without a word (R-VS-08).
    /// </remarks>
    /// <returns>The kernel's error; NotEnoughMemory when the root server refused memory for a page table.</returns>
    public Sel4Error Map(Cap<Frame> frame, ulong address, CapRights rights = CapRights.ReadWrite)
    {
        Sel4Error error = _pages.Map(ref ProcessSlots.Range, ref _client.Message, frame, address, rights);
        _refusal = error.Code == ErrorCode.NotEnoughMemory ? PageSupply.RefusalOf(in _client.Message) : default;
        return error;
    }

    /// <summary>What the last <see cref="Map"/> ended with, in words: the kernel's error, or why there was no page table.</summary>
    public string Describe(Sel4Error error) => _refusal.IsOk ? error.Describe() : $"There is no page table for it. {_refusal.Describe()}";
}
