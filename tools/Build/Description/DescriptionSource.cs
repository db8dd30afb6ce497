// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>What a command line changes about a description.</summary>
public sealed record DescriptionChanges
{
    /// <summary>How often each child runs.</summary>
    public int? Repeat { get; init; }

    /// <summary>Policies in front of the system's own, each NAME or NAME:KEY=VALUE,KEY=VALUE.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Have an operator's console, whatever the description says.</summary>
    public bool Console { get; init; }

    /// <summary>Arguments for every child, in place of those that the description gives.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>Finds the descriptions of samples, joins them, and reads description files.</summary>
public sealed class DescriptionSource(RepositoryLayout layout, ImageGraph graph)
{
    /// <summary>The name of a description file beside a program.</summary>
    public const string FileName = "system.textproto";

    private readonly DescriptionNames _names = new(
        [.. graph.Programs.Where(program => program.Kind == ProgramKind.Child).Select(program => program.Name)], PolicyNames.Check);

    /// <summary>A system that runs these programs one after the other, each as the description in its folder has it.</summary>
    /// <exception cref="BuildException">A description is wrong; the message lists everything that is.</exception>
    public SystemDescription OfPrograms(IEnumerable<string> programs, DescriptionChanges? changes = null)
    {
        List<DescriptionProblem> problems = [];
        TextMessage joined = new(SystemSchema.SystemDescription, new TextPosition("the command line", 1, 1));
        foreach (string program in programs.Distinct()) Join(joined, OfProgram(program, problems), problems);
        return Finish(joined, changes, problems);
    }

    /// <summary>The system of a description file.</summary>
    /// <exception cref="BuildException">There is no such file, or it is wrong; the message lists everything that is.</exception>
    public SystemDescription OfFile(string path, DescriptionChanges? changes = null)
    {
        if (!File.Exists(path)) throw new BuildException($"there is no description {path}", BuildException.Usage);
        List<DescriptionProblem> problems = [];
        return Finish(Parse(path, problems), changes, problems);
    }

    /// <summary>Where the description of a program belongs.</summary>
    public string PathOf(string program) =>
        Path.Combine(layout.Absolute(graph.Assembly(graph.Program(program).Assembly, Flavour.User).Folders[0]), FileName);

    private TextMessage OfProgram(string program, List<DescriptionProblem> problems)
    {
        string path = PathOf(program);
        if (File.Exists(path)) return Named(Parse(path, problems), program, problems);
        TextMessage root = new(SystemSchema.SystemDescription, new TextPosition(layout.Relative(path), 1, 1));
        TextMessage child = new(SystemSchema.ChildDescription, root.Position);
        child.Set("name", program);
        root.Add(new TextField(SystemSchema.SystemDescription.Find("child")!, root.Position, child));
        return root;
    }

    /// <summary>Beside a program, the child without a name is that program, so that a folder can be copied as it is.</summary>
    private static TextMessage Named(TextMessage root, string program, List<DescriptionProblem> problems)
    {
        foreach (TextMessage child in root.Messages("child")) child.SetDefault("name", program);
        bool isThere = root.Messages("child").Any(child => Runs(child) == program);
        if (isThere) return root;
        TextMessage? first = root.Messages("child").FirstOrDefault();
        string found = first is null ? "nobody" : $"'{Runs(first)}'";
        string sentence = $"this description runs {found}, and not '{program}', beside which it lies: leave `name` out";
        problems.Add(new DescriptionProblem(first?.PositionOf("name") ?? root.Position, sentence));
        return root;
    }

    private static string Runs(TextMessage child) => child.Has("program") ? child.Text("program") : child.Text("name");

    private TextMessage Parse(string path, List<DescriptionProblem> problems)
    {
        string full = Path.GetFullPath(path);
        string shown = full.StartsWith(layout.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? layout.Relative(full) : path;
        return TextParser.Parse(shown, File.ReadAllText(path), SystemSchema.SystemDescription, problems);
    }

    /// <summary>Adds a system behind another: its children start when the other's last one has ended.</summary>
    private static void Join(TextMessage joined, TextMessage next, List<DescriptionProblem> problems)
    {
        string last = joined.Messages("child").LastOrDefault(child => !child.Flag("on_demand"))?.Text("name") ?? "";
        foreach (TextField field in next.Fields)
        {
            if (field.Value is TextMessage child && field.Schema.Name == "child" && last.Length > 0 && !child.Flag("on_demand"))
                child.SetDefault("after", last);
            if (field.Value is TextMessage device && field.Schema.Name == "device" && IsThere(joined, device, problems)) continue;
            if (field.Schema.IsRepeated || !joined.Has(field.Schema.Name)) joined.Add(field);
        }
    }

    private static bool IsThere(TextMessage joined, TextMessage device, List<DescriptionProblem> problems)
    {
        string name = device.Text("name");
        TextMessage? other = joined.Messages("device").FirstOrDefault(candidate => candidate.Text("name") == name);
        if (other == null) return false;
        if (DescriptionPrinter.Print(other) != DescriptionPrinter.Print(device))
        {
            TextPosition place = other.PositionOf("name");
            string sentence = $"device '{name}' is another one at {place}; systems that run together agree about devices";
            problems.Add(new DescriptionProblem(device.PositionOf("name"), sentence));
        }

        return true;
    }

    private SystemDescription Finish(TextMessage root, DescriptionChanges? changes, List<DescriptionProblem> problems)
    {
        if (changes != null) Apply(root, changes);
        SystemDescription? system = SystemDescription.Complete(root, _names, problems, out IReadOnlyList<DescriptionProblem> all);
        return system ?? throw new BuildException(string.Join('\n', all), BuildException.Usage);
    }

    private static void Apply(TextMessage root, DescriptionChanges changes)
    {
        foreach (string written in changes.Policies)
        {
            string[] parts = written.Split(':', 2);
            TextMessage policy = new(SystemSchema.PolicyUse, new TextPosition("--policy", 1, 1));
            policy.Set("name", parts[0]);
            foreach (string setting in parts.Length > 1 ? parts[1].Split(',') : [])
                policy.Add(new TextField(SystemSchema.PolicyUse.Find("setting")!, policy.Position, setting));
            root.Add(new TextField(SystemSchema.SystemDescription.Find("policy")!, policy.Position, policy));
        }

        if (changes.Console) root.Set("console", true);
        foreach (TextMessage child in root.Messages("child"))
        {
            if (changes.Repeat is { } repeat) child.Set("repeat", (ulong)repeat);
            if (changes.Arguments.Count == 0) continue;
            child.Remove("argument");
            foreach (string argument in changes.Arguments)
                child.Add(new TextField(SystemSchema.ChildDescription.Find("argument")!, child.Position, argument));
        }
    }
}
