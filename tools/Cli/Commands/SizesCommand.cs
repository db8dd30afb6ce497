// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Build.Elf;
using Sel4.Tools.Doctor;
using Spectre.Console;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 sizes</c>: what the images are made of.</summary>
internal static class SizesCommand
{
    internal static Command Create(Session session)
    {
        var names = new Argument<string[]>("PROGRAM")
        {
            Description = "Programs to examine; none means kernel and root server", Arity = ArgumentArity.ZeroOrMore,
        };
        var top = new Option<int>("--top")
        {
            Description = "How many of the biggest symbols to show", DefaultValueFactory = _ => 20, HelpName = "COUNT",
        };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("sizes", "Show the sections and the biggest symbols of the images") { names, top, noInstall };
        command.SetAction((parsed, _) =>
            RunAsync(session, parsed.GetValue(names)!, parsed.GetValue(top), CommonOptions.PermissionOf(parsed, noInstall)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] names, int top, Doctor.Installer.Permission permission)
    {
        if (names.Length == 0) names = [ImageGraph.KernelProgram, ImageGraph.RootServerProgram];
        ImageProgram[] programs = [.. names.Select(session.Graph.Program)];
        await CommonOptions.EnsureAsync(session, Requirement.ForBuilding, permission);
        using BuildLock held = await session.LockAsync();
        foreach (ImageProgram program in programs)
        {
            Show(session.Terminal, program.Name, ElfFile.Open(await BuildAsync(session, program)), top);
        }
        return 0;
    }

    private static async Task<string> BuildAsync(Session session, ImageProgram program)
    {
        if (program.Name == ImageGraph.RootServerProgram)
        {
            return (await BootImages.BuildAsync(session, session.Systems.OfPrograms(session.Graph.Samples))).RootServer;
        }
        BuiltProgram built = await (await session.BuilderAsync()).BuildProgramAsync(program, session.Cancel);
        session.Terminal.ClearMovingLine();
        return built.Elf;
    }

    private static void Show(Terminal terminal, string name, ElfFile elf, int top)
    {
        ElfSection[] loaded = [.. elf.Sections.Where(section => section.IsLoaded && section.Size > 0)];
        Table sections = NewTable($"{name}: sections in memory", "section", "address", "bytes");
        foreach (ElfSection section in loaded) sections.AddRow(Markup.Escape(section.Name), $"0x{section.Address:x}", $"{section.Size:N0}");
        sections.AddRow("total", "", $"{loaded.Sum(section => (long)section.Size):N0}");
        terminal.Out.Write(sections);

        HashSet<int> indices = [.. loaded.Select(section => section.Index)];
        Table symbols = NewTable($"{name}: biggest symbols", "symbol", "section", "bytes");
        foreach (ElfSymbol symbol in elf.Symbols.Where(symbol =>
            indices.Contains(symbol.Section)).OrderByDescending(symbol => symbol.Size).Take(top))
        {
            symbols.AddRow(Markup.Escape(symbol.Name), Markup.Escape(elf.Sections[symbol.Section].Name), $"{symbol.Size:N0}");
        }
        terminal.Out.Write(symbols);
    }

    private static Table NewTable(string title, params string[] columns)
    {
        Table table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Simple);
        foreach (string column in columns) table.AddColumn(column, configure => configure.NoWrap = true);
        table.Columns[^1].RightAligned();
        return table;
    }
}
