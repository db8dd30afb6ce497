// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;

namespace Sel4.Tools.Cli;

/// <summary>Builds boot images for commands, under the build lock and with progress.</summary>
internal static class BootImages
{
    /// <summary>Builds the image for a system and copies it to a folder that belongs to the caller.</summary>
    internal static async Task<BootFolder> PrepareAsync(Session session, SystemDescription system)
    {
        using BuildLock _ = await session.LockAsync();
        return new BootFolder(session.Layout, await BuildAsync(session, system));
    }

    /// <summary>Builds the kernel with a program of the image graph as its root task, and copies both to a folder of the
    /// caller's.</summary>
    internal static async Task<BootFolder> PrepareRootTaskAsync(Session session, string program)
    {
        using BuildLock _ = await session.LockAsync();
        ImageBuilder builder = await session.BuilderAsync();
        try
        {
            BuiltProgram kernel = await builder.BuildProgramAsync(session.Graph.Program(ImageGraph.KernelProgram), session.Cancel);
            BuiltProgram root = await builder.BuildProgramAsync(session.Graph.Program(program), session.Cancel);
            return new BootFolder(session.Layout, new BootImage(kernel.Elf, root.Elf));
        }
        finally
        {
            session.Terminal.ClearMovingLine();
        }
    }

    /// <summary>Builds the image for a system. The caller holds the build lock.</summary>
    internal static async Task<BootImage> BuildAsync(Session session, SystemDescription system)
    {
        ImageBuilder builder = await session.BuilderAsync();
        try
        {
            return await new BootImageBuilder(session.Layout, session.Graph, builder).BuildAsync(system, session.Cancel);
        }
        finally
        {
            session.Terminal.ClearMovingLine();
        }
    }
}
