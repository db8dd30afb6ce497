// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Gates;

/// <summary>Managed kernel code refers to the symbols of a checked-in list and to no others.</summary>
/// <remarks>An allocation, a throw, a collector poll or a stack cookie shows up here as the name of its runtime helper.</remarks>
public sealed class UndefinedSymbolsGate(IReadOnlyCollection<string> allowed) : IGate
{
    public const string ListFile = "tools/Build/kernel-undefined.txt";

    public string Promise => "Kernel code refers only to the symbols on the list";

    /// <summary>Reads the list: one symbol a line, then its reason after a blank; lines that begin with # are comments.</summary>
    public static UndefinedSymbolsGate FromList(RepositoryLayout layout) =>
        new([
            .. File.ReadLines(layout.Absolute(ListFile))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(' ')[0])
        ]);

    public IReadOnlyList<string> Violations(GateSubject subject)
    {
        HashSet<string> used = [.. subject.Object.Symbols.Where(symbol => symbol.IsUndefined).Select(symbol => symbol.Name)];
        IEnumerable<string> unlisted = used.Except(allowed).Order(StringComparer.Ordinal).Select(name => $"{name} is not in {ListFile}");
        IEnumerable<string> stale =
            allowed.Except(used).Order(StringComparer.Ordinal).Select(name => $"{name} is in {ListFile} but not used");
        return [.. unlisted, .. stale];
    }
}
