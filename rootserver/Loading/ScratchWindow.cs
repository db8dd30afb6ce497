// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>One page of the root server's own address space through which it fills frames of children (RT:E4).</summary>
public sealed class ScratchWindow(Arena system)
{
    // Far above the image, in a part of the address space that nothing else uses.
    private const ulong Address = 0x40_0000_0000;
    private const int PageBytes = 4096;

    private readonly Arena _system = system;

    /// <summary>Makes the paging structures now, so that no later use of the window takes memory; null when it worked.</summary>
    public string? Prepare()
    {
        if (!_system.TryCreate(ObjectType.SmallPage, 0, out uint frame)) return "there is no memory for the scratch window";
        Sel4Error error = Open(frame, out _);
        if (!error.IsOk) return "the scratch window could not be mapped: " + error.Describe();
        Close(frame);
        return null;
    }

    /// <summary>Maps a frame of which the root server holds the only mapping; its bytes are at the returned address.</summary>
    public unsafe Sel4Error Open(uint frame, out Span<byte> bytes)
    {
        // SAFETY: the page is mapped when Map succeeds; nothing else uses the address, and callers close before the next Open.
        bytes = new Span<byte>((void*)Address, PageBytes);
        return PageMapper.Map(InitialThread.VSpace, frame, Address, CapRights.ReadWrite, _system);
    }

    /// <summary>Unmaps it again, so that it can be mapped in its owner's address space.</summary>
    public void Close(uint frame) => X86PageInvocation.Unmap(new CapabilityPointer(frame));
}
