// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Fills the address space of a new process: pages of its program, its stack, single pages (RT:§3, RT:E4).</summary>
/// <remarks>
/// Everything comes from the arena that is passed in, so that whoever owns it takes all of it back at once. Root tasks that start
/// processes with other capabilities than the root server's children share this.
/// </remarks>
public sealed class SpaceLoader(ScratchWindow scratch)
{
    private const int FramesPerRetype = 64;
    private const ulong PageBytes = 4096;

    private readonly ScratchWindow _scratch = scratch;
    private FaultInjector? _injector;

    /// <summary>What the kernel said, when it was the kernel that refused last.</summary>
    public Sel4Error KernelError { get; private set; }

    /// <summary>The lowest page of the stack that was made last; up to 64 pages are in slots that follow each other.</summary>
    public uint FirstStackFrame { get; private set; }

    /// <summary>Forgets the last error, before a new process.</summary>
    /// <param name="injector">For tests: makes a step fail; null for none.</param>
    public void Begin(FaultInjector? injector = null)
    {
        KernelError = default;
        _injector = injector;
    }

    /// <summary>Remembers an error beside its sentence: joining them would take heap that nobody gives back.</summary>
    public string? Refused(Sel4Error error, string problem)
    {
        KernelError = error;
        bool isFine = error.IsOk && (_injector == null || !_injector.Strikes());
        return isFine ? null : problem;
    }

    /// <summary>Loads all segments of a program; null when it worked, else what went wrong.</summary>
    public string? LoadProgram(Arena arena, uint vspace, ElfImage image, ReadOnlySpan<byte> file)
    {
        for (int index = 0; index < image.SegmentCount; index++)
        {
            string? problem = LoadSegment(arena, vspace, file, in image.Segment(index));
            if (problem != null) return problem;
        }

        return null;
    }

    /// <summary>Makes and maps the pages of a finished stack, which may be larger than what is on it.</summary>
    public string? LoadStack(Arena arena, uint vspace, StackImage stack, ulong bottom, ulong top)
    {
        ulong page = bottom;
        while (page < top)
        {
            int count = (int)Math.Min((top - page) / PageBytes, FramesPerRetype);
            if (!arena.TryCreateRun(ObjectType.SmallPage, 0, count, out uint first)) return "no memory for its stack";
            if (page == bottom) FirstStackFrame = first;
            for (uint index = 0; index < (uint)count; index++, page += PageBytes)
            {
                string? problem = FillStackPage(stack, first + index, page)
                    ?? MapPage(arena, vspace, first + index, page, CapRights.ReadWrite);
                if (problem != null) return problem;
            }
        }

        return null;
    }

    /// <summary>Maps one page, making the tables that are missing.</summary>
    public string? MapPage(Arena arena, uint vspace, uint frame, ulong page, CapRights rights)
    {
        Sel4Error error = PageMapper.Map(new Cap<Pml4>(vspace), frame, page, rights, arena);
        return Refused(error, "a page could not be mapped");
    }

    private string? LoadSegment(Arena arena, uint vspace, ReadOnlySpan<byte> file, in ElfSegment segment)
    {
        ulong page = segment.FirstPage;
        while (page < segment.EndPage)
        {
            ulong left = (segment.EndPage - page) / PageBytes;
            int count = left < FramesPerRetype ? (int)left : FramesPerRetype;
            if (!arena.TryCreateRun(ObjectType.SmallPage, 0, count, out uint first)) return "no memory for its program";
            for (uint index = 0; index < (uint)count; index++, page += PageBytes)
            {
                string? problem = LoadPage(arena, vspace, file, in segment, first + index, page);
                if (problem != null) return problem;
            }
        }

        return null;
    }

    private string? LoadPage(Arena arena, uint vspace, ReadOnlySpan<byte> file, in ElfSegment segment, uint frame, ulong page)
    {
        // The bytes of the file that fall into this page; the rest of a new frame is zero (R-UT-16).
        ulong fileEnd = segment.Address + segment.FileBytes;
        ulong from = page > segment.Address ? page : segment.Address;
        ulong to = page + PageBytes < fileEnd ? page + PageBytes : fileEnd;
        if (from < to)
        {
            Sel4Error error = _scratch.Open(frame, out Span<byte> target);
            if (!error.IsOk) return Refused(error, "a page of its program could not be filled");
            int offset = (int)(segment.FileOffset + (from - segment.Address));
            file.Slice(offset, (int)(to - from)).CopyTo(target.Slice((int)(from - page)));
            _scratch.Close(frame);
        }

        return MapPage(arena, vspace, frame, page, segment.IsWritable ? CapRights.ReadWrite : CapRights.Read);
    }

    private string? FillStackPage(StackImage stack, uint frame, ulong page)
    {
        ulong used = stack.BaseAddress + (ulong)stack.FirstUsedByte;
        if (page + PageBytes <= used || page < stack.BaseAddress) return null;
        Sel4Error error = _scratch.Open(frame, out Span<byte> target);
        if (!error.IsOk) return Refused(error, "its stack could not be filled");
        new ReadOnlySpan<byte>(stack.Bytes, (int)(page - stack.BaseAddress), (int)PageBytes).CopyTo(target);
        _scratch.Close(frame);
        return null;
    }
}
