// SPDX-License-Identifier: BSD-2-Clause
using Iced.Intel;
using Sel4.Tools.Build.Elf;

namespace Sel4.Tools.Build.Gates;

/// <summary>Managed kernel code touches no vector, x87 or MMX register, so entry and exit need not save them.</summary>
public sealed class IntegerRegistersGate : IGate
{
    private const string ManagedCode = "__managedcode";

    public string Promise => "Kernel code uses no vector or floating-point register";

    public IReadOnlyList<string> Violations(GateSubject subject)
    {
        var found = new List<string>();
        ElfSection[] code = [.. subject.Object.Sections.Where(section => section.Name.StartsWith(ManagedCode, StringComparison.Ordinal))];
        if (code.Length == 0) return [$"the object has no section {ManagedCode}: there is nothing to examine"];
        foreach (ElfSection section in code)
        {
            ElfSymbol[] functions =
            [
                .. subject.Object.Symbols
                    .Where(symbol => symbol.Section == section.Index && symbol.IsFunction)
                    .OrderBy(symbol => symbol.Value)
            ];
            if (functions.Length == 0) found.Add($"section {section.Name} has no function symbols: its code cannot be examined");
            foreach (ElfSymbol function in functions) Examine(subject.Object.ContentOf(section), function, found);
        }
        return found;
    }

    private static void Examine(ReadOnlySpan<byte> section, ElfSymbol function, List<string> found)
    {
        byte[] body = section.Slice((int)function.Value, (int)function.Size).ToArray();
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(body));
        decoder.IP = function.Value;
        var details = new InstructionInfoFactory();
        while (decoder.IP < function.Value + function.Size)
        {
            decoder.Decode(out Instruction instruction);
            if (instruction.IsInvalid)
            {
                found.Add($"{function.Name}+0x{instruction.IP - function.Value:x}: not an instruction");
                return;
            }
            foreach (UsedRegister used in details.GetInfo(instruction).GetUsedRegisters())
            {
                if (!IsForbidden(used.Register)) continue;
                found.Add($"{function.Name}+0x{instruction.IP - function.Value:x}: {instruction}");
                break;
            }
        }
    }

    private static bool IsForbidden(Register register) =>
        register.IsXMM() || register.IsYMM() || register.IsZMM() || register.IsMM() || register.IsST() || register.IsK();
}
