// SPDX-License-Identifier: BSD-2-Clause
using System.Xml.Linq;
using Sel4.Tools.Build;

namespace Sel4.Tools.Tidy;

/// <summary>The arrows between layers are those of the table in CONTRIBUTING.md, in the image graph and in the projects alike.</summary>
/// <remarks>A row of that table: <c>| `folder` | `Assembly` | `Reference`, `Reference` | image, host |</c>.</remarks>
public sealed class LayerRule : ITidyRule
{
    internal const string Page = "CONTRIBUTING.md";
    private static readonly string[] s_free = ["Host.Tests", "Target.Tests", "Sel4.Tools", "ImageToolchain"];

    /// <summary>A row of the table.</summary>
    internal sealed record Layer(string Folder, string Assembly, IReadOnlyList<string> References);

    public string Promise => $"Layers refer to each other as the table in {Page} says";

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        TidyFile? page = tree.Find(Page);
        if (page is null) return [new Violation(Page, 0, "is missing")];
        IReadOnlyList<Layer> table = ReadTable(page);
        if (table.Count == 0) return [new Violation(Page, 0, "has no table of layers")];
        return [.. CheckProjects(tree, table), .. CheckGraph(table)];
    }

    internal static IReadOnlyList<Layer> ReadTable(TidyFile page)
    {
        var layers = new List<Layer>();
        foreach (string line in page.Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            string[] cells = [.. line.Split('|', StringSplitOptions.TrimEntries)[1..^1]];
            if (cells.Length == 4) layers.Add(new Layer(cells[0].Trim('`'), cells[1].Trim('`'), NamesIn(cells[2])));
        }
        return layers;
    }

    private static IReadOnlyList<string> NamesIn(string cell) =>
        [.. cell.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('`')).Where(name => name.Length > 0 && name != "–")];

    private static IEnumerable<Violation> CheckProjects(SourceTree tree, IReadOnlyList<Layer> table)
    {
        foreach (TidyFile project in tree.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            string name = Path.GetFileNameWithoutExtension(project.Path);
            if (s_free.Contains(name)) continue;
            Layer? layer = table.FirstOrDefault(row => row.Assembly == name);
            if (layer is null)
            {
                yield return new Violation(project.Path, 0, $"{name} is not in the table");
                continue;
            }
            IEnumerable<string> references = XDocument.Parse(project.Text).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")?.Value ?? ""));
            foreach (string wrong in references.Except(Reachable(table, layer)))
            {
                yield return new Violation(project.Path, 0, $"{name} must not refer to {wrong}");
            }
        }
    }

    // What a layer refers to brings its own references along, so a project may name those too.
    private static HashSet<string> Reachable(IReadOnlyList<Layer> table, Layer layer)
    {
        HashSet<string> found = [.. layer.References];
        foreach (Layer below in table.Where(row => layer.References.Contains(row.Assembly))) found.UnionWith(Reachable(table, below));
        return found;
    }

    private static IEnumerable<Violation> CheckGraph(IReadOnlyList<Layer> table)
    {
        foreach (ImageAssembly assembly in ImageGraph.FixedAssemblies)
        {
            Layer? layer = table.FirstOrDefault(row => row.Assembly == assembly.Name);
            if (layer is null)
            {
                yield return new Violation(Page, 0, $"the image graph's {assembly.Name} is not in the table");
                continue;
            }
            IEnumerable<string> allowed = layer.References.Where(name => name != ImageGraph.Corelib);
            foreach (string wrong in assembly.References.Except(allowed))
            {
                yield return new Violation(Page, 0, $"{assembly.Name} must not refer to {wrong} (image graph)");
            }
            foreach (string unused in allowed.Except(assembly.References))
            {
                yield return new Violation(Page, 0, $"{assembly.Name} does not refer to {unused} in the image graph");
            }
            if (!assembly.Folders.Contains(layer.Folder) && !assembly.IsCorelib)
            {
                yield return new Violation(Page, 0, $"{assembly.Name} does not lie in {layer.Folder}");
            }
        }
    }
}
