// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Gates;

/// <summary>Every static of the kernel is data at boot: no static constructor is left to run.</summary>
/// <remarks>A constructor that ilc cannot run at compile time makes every access to its class a check (toolchain §4, rule 5).</remarks>
public sealed class StaticDataGate : IGate
{
    private const string ConstructorSuffix = "___cctor";
    private const string Complaint = "Could not preinitialize";

    public string Promise => "Kernel statics are data, without static constructors";

    public IReadOnlyList<string> Violations(GateSubject subject)
    {
        IEnumerable<string> constructors = subject.Object.Symbols
            .Where(symbol => symbol.Name.EndsWith(ConstructorSuffix, StringComparison.Ordinal))
            .Select(symbol => $"static constructor {symbol.Name}");
        IEnumerable<string> complaints = subject.CompilerLog.Split('\n')
            .Where(line => line.Contains(Complaint, StringComparison.Ordinal))
            .Select(line => line.Trim());
        return [.. constructors.Concat(complaints).Distinct()];
    }
}
