// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>What one boot runs, checked and complete. Travels as the first file of the root server's archive.</summary>
public sealed class SystemDescription
{
    /// <summary>The name of the packed form in the archive.</summary>
    public const string FileName = "system";

    private SystemDescription(TextMessage root) => Root = root;

    public TextMessage Root { get; }

    /// <summary>The programs that the archive has to contain.</summary>
    public IReadOnlyList<string> Programs => [.. Root.Messages("child").Select(child => child.Text("program")).Distinct()];

    /// <summary>The names of the children in the order in which they start.</summary>
    public IReadOnlyList<string> Children => [.. Root.Messages("child").Select(child => child.Text("name"))];

    /// <summary>The names of the children that start by themselves, as often as they run.</summary>
    public IEnumerable<string> Started => Root.Messages("child").Where(child => !child.Flag("on_demand"))
        .SelectMany(child => Enumerable.Repeat(child.Text("name"), (int)child.Number("repeat")));

    public byte[] ToBytes() => DescriptionPacker.Pack(Root);

    /// <summary>As text, with everything that was left out filled in.</summary>
    public override string ToString() => DescriptionPrinter.Print(Root);

    /// <summary>Reads text.</summary>
    /// <param name="file">As messages shall name it.</param>
    /// <param name="problems">Everything that is wrong, in the order of the text.</param>
    /// <returns>Null when something is wrong.</returns>
    public static SystemDescription? Read(string file, string text, DescriptionNames names, out IReadOnlyList<DescriptionProblem> problems)
    {
        List<DescriptionProblem> found = [];
        TextMessage root = TextParser.Parse(file, text, SystemSchema.SystemDescription, found);
        return Complete(root, names, found, out problems);
    }

    /// <summary>Judges a description that was made, not written.</summary>
    public static SystemDescription? Complete(
        TextMessage root, DescriptionNames names, List<DescriptionProblem> found, out IReadOnlyList<DescriptionProblem> problems)
    {
        DescriptionDefaults.Apply(root);
        DescriptionChecker.Check(root, names, found);
        problems = [.. found.Distinct().OrderBy(problem => (problem.Position.Line, problem.Position.Column))];
        return found.Count == 0 ? new SystemDescription(root) : null;
    }
}
