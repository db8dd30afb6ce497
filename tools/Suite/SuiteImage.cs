// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Build.Elf;
using Sel4.Tools.Cli;

namespace Sel4.Tools.Suite;

/// <summary>The test driver with the programs that it carries, built, with symbols.</summary>
/// <param name="Driver">The linked driver, archive and all.</param>
/// <param name="Programs">The programs' files with debug information, by their number in the archive.</param>
public sealed record SuiteImage(string Kernel, string Driver, IReadOnlyList<string> Programs)
{
    private static ReadOnlySpan<byte> SelectionMarker => "sel4test selection text:"u8;

    /// <summary>All tests, the driver's own first, as the files list them; nothing is booted for it (TD:F4).</summary>
    /// <remarks>Errors: BuildException for a damaged table or two tests of one name.</remarks>
    public TestInfo[] ReadTests()
    {
        List<TestInfo> tests = [.. ReadTable(Driver, -1)];
        for (int program = 0; program < Programs.Count; program++) tests.AddRange(ReadTable(Programs[program], program));
        TestInfo[] all = [.. tests];
        Plan.SortByName(all);
        if (TestTable.FindDuplicate(all) is { } duplicate) throw new BuildException(duplicate);
        Plan.Sort(all);
        return all;
    }

    /// <summary>Writes what is to run into a copy of the driver.</summary>
    public static void WriteSelection(string driver, string selection)
    {
        byte[] file = File.ReadAllBytes(driver);
        int place = file.AsSpan().IndexOf(SelectionMarker);
        if (place < 0) throw new BuildException($"{driver} has no room for a selection");
        byte[] text = Encoding.UTF8.GetBytes(selection + "\0");
        const int Room = 256 * 1024;
        if (text.Length > Room) throw new BuildException("the selection is too long: name fewer tests", BuildException.Usage);
        text.CopyTo(file.AsSpan(place + SelectionMarker.Length));
        File.WriteAllBytes(driver, file);
    }

    private static TestInfo[] ReadTable(string path, int program)
    {
        ElfFile elf = ElfFile.Open(path);
        ElfSection? section = elf.Sections.FirstOrDefault(section => section.Name == TestTable.SectionName);
        if (section is null) throw new BuildException($"{path} has no table of tests");
        return TestTable.Read(elf.ContentOf(section), program, out string problem) ?? throw new BuildException($"{path}: {problem}");
    }
}

/// <summary>Builds it.</summary>
internal static class SuiteImageBuilder
{
    private const string ListFile = "programs";

    /// <summary>Builds kernel, driver and programs. The caller holds the build lock.</summary>
    internal static async Task<SuiteImage> BuildAsync(Session session, IReadOnlyList<string> programs)
    {
        ImageBuilder builder = await session.BuilderAsync();
        CancellationToken cancel = session.Cancel;
        try
        {
            Task<BuiltProgram> kernel = builder.BuildProgramAsync(session.Graph.Program(ImageGraph.KernelProgram), cancel);
            BuiltProgram[] built = await Task.WhenAll(
                programs.Select(name => builder.BuildProgramAsync(session.Graph.Program(name), cancel)));
            var entries = new List<(string, byte[])> { (ListFile, Encoding.UTF8.GetBytes(string.Join('\n', programs) + "\n")) };
            foreach (BuiltProgram program in built)
            {
                string stripped = await builder.StripAsync(program, cancel);
                entries.Add((program.Program.Name, await File.ReadAllBytesAsync(stripped, cancel)));
            }
            string folder = Path.Combine(session.Layout.Objects, "suite", string.Join('-', programs));
            string carried = await BootImageBuilder.AssembleArchiveAsync(builder, folder, CpioArchive.Write(entries), cancel);
            BuiltProgram driver = await builder.BuildProgramAsync(
                session.Graph.Program(ImageGraph.TestDriverProgram), cancel, [carried], Path.Combine(folder, "test-driver.elf"));
            return new SuiteImage((await kernel).Elf, driver.Elf, [.. built.Select(program => program.Elf)]);
        }
        finally
        {
            session.Terminal.ClearMovingLine();
        }
    }
}
