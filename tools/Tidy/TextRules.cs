// SPDX-License-Identifier: BSD-2-Clause
using System.Text.RegularExpressions;

namespace Sel4.Tools.Tidy;

/// <summary>Every source file says under which licence it may be used.</summary>
public sealed class LicenceRule : ITidyRule
{
    private const string Line = "SPDX-License-Identifier: BSD-2-Clause";
    private const int Head = 3;     // a script begins with its interpreter, an XML file may begin with its declaration
    private static readonly string[] s_extensions =
        [".cs", ".S", ".inc", ".c", ".h", ".ld", ".csproj", ".props", ".targets", ".proto", ".bf", ".api"];
    private static readonly string[] s_scripts = ["sel4", ".ci/run"];

    public string Promise => "Every source file begins with its licence";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where s_extensions.Contains(System.IO.Path.GetExtension(file.Path)) || s_scripts.Contains(file.Path)
        where !file.Lines.Take(Head).Any(line => line.Contains(Line, StringComparison.Ordinal))
        select new Violation(file.Path, 0, $"no '{Line}' at its head");
}

/// <summary>A note about work to be done says where that work is tracked, or it will never be.</summary>
public sealed partial class LeftoverNotesRule : ITidyRule
{
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X|HA" + @"CK)\b(?!\(#\d+\))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotePattern();

    public string Promise => "Leftover notes name an issue";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        from line in file.Lines.Select((text, index) => (text, number: index + 1))
        let match = NotePattern().Match(line.text)
        where match.Success
        select new Violation(file.Path, line.number, $"{match.Value} without an issue number, as in {match.Value}(#12)");
}

/// <summary>Nothing in the tree depends on one machine or names a package host.</summary>
public sealed class MachineTextRule : ITidyRule
{
    // Spelt in two halves, because this file is checked too.
    private static readonly string[] s_forbidden =
    [
        "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/",
        "nuget" + ".org", "docker" + ".io", "pypi" + ".org", "npmjs" + ".com", "crates" + ".io", "ghcr" + ".io",
    ];

    public string Promise => "No file names a path of one machine or a package host";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        from line in file.Lines.Select((text, index) => (text, number: index + 1))
        from text in s_forbidden
        where line.text.Contains(text, StringComparison.OrdinalIgnoreCase)
        select new Violation(file.Path, line.number, $"'{text}'");
}
