// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Why the root task cannot be started; the machine layer prints the sentence and stops.</summary>
public enum BootFailure
{
    None,
    NotElf64,
    NoSegments,
    SegmentOutsideFile,
    SegmentOutsideUserSpace,
    ImageNotAligned,
    ImageTooHigh,
    EntryOutsideImage,
    ImageTooLarge,
    NoMemoryForImage,
    NoMemoryForRootTask,
    TooManyRegions,
}

/// <summary>Sentences for people.</summary>
public static class BootFailures
{
    public static string Describe(BootFailure failure) => failure switch
    {
        BootFailure.None => "no failure",
        BootFailure.NotElf64 => "the root task is not a 64-bit ELF file",
        BootFailure.NoSegments => "the root task has no segment to load",
        BootFailure.SegmentOutsideFile => "a segment of the root task lies outside its file",
        BootFailure.SegmentOutsideUserSpace => "a segment of the root task lies outside user space",
        BootFailure.ImageNotAligned => "the root task does not start at a page boundary",
        BootFailure.ImageTooHigh => "the root task leaves no room for IPC buffer and BootInfo above it",
        BootFailure.EntryOutsideImage => "the entry point of the root task lies outside its image",
        BootFailure.ImageTooLarge => "the root task has more pages than its CNode has slots",
        BootFailure.NoMemoryForImage => "no region of RAM is large enough for the root task's image",
        BootFailure.NoMemoryForRootTask => "no region of RAM is large enough for the root task's objects",
        BootFailure.TooManyRegions => "there are more memory regions than the boot code can list",
        _ => "unknown failure",
    };
}
