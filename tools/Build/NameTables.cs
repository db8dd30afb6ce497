// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Sel4.Tools.Build.Elf;

namespace Sel4.Tools.Build;

/// <summary>
/// Makes the tables from which a program takes names that people read: ilc leaves none in the image. Only types that the program has
/// method tables of come in, so the tables are small.
/// </summary>
/// <remarks>The symbols and layouts are those of corelib/Managed/Engine/TypeNames.cs and EnumNames.cs.</remarks>
public static class NameTables
{
    /// <summary>Both tables as an assembly file.</summary>
    public static string Of(string objectFile, IEnumerable<string> assemblies)
    {
        HashSet<string> symbols = [.. ElfFile.Open(objectFile).Symbols.Where(symbol => symbol.Section != 0).Select(symbol => symbol.Name)];
        var types = new List<NamedType>();
        foreach (string path in assemblies)
        {
            using var image = new PEReader(File.OpenRead(path));
            MetadataReader metadata = image.GetMetadataReader();
            string assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            types.AddRange(metadata.TypeDefinitions.Select(handle => NamedType.Read(metadata, assembly, handle)));
        }
        types.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var text = new StringBuilder("# SPDX-License-Identifier: BSD-2-Clause\n.section .rodata\n.balign 8\n");
        WriteExceptions(text, types, symbols);
        WriteEnumerations(text, types, symbols);
        return text.Append(".section .note.GNU-stack, \"\", @progbits\n").ToString();
    }

    /// <summary>Classes derived from System.Exception, near or far; the core library knows the names of its own.</summary>
    private static void WriteExceptions(StringBuilder text, List<NamedType> types, HashSet<string> symbols)
    {
        Dictionary<string, string> bases = types.DistinctBy(type => type.Name).ToDictionary(type => type.Name, type => type.Base);
        text.Append(".globl corelib_type_names\ncorelib_type_names:\n");
        var names = new StringBuilder();
        foreach (NamedType type in types.Where(type => type.Assembly != ImageGraph.Corelib && IsException(type.Name, bases)))
        {
            if (!symbols.Contains(type.Symbol)) continue;
            text.Append($".quad {type.Symbol}, .Lname_{type.Mangled}\n");
            names.Append($".Lname_{type.Mangled}: .asciz \"{type.Name}\"\n");
        }
        text.Append(".quad 0, 0\n").Append(names).Append(".balign 8\n");
    }

    private static bool IsException(string name, Dictionary<string, string> bases)
    {
        string? current = name;
        while (current is not null and not "System.Exception") current = bases.GetValueOrDefault(current);
        return current is not null;
    }

    /// <summary>Enumerations that the program boxes or writes out.</summary>
    private static void WriteEnumerations(StringBuilder text, List<NamedType> types, HashSet<string> symbols)
    {
        NamedType[] used = [.. types.Where(type => type.Base == "System.Enum" && symbols.Contains(type.BoxedSymbol))];
        text.Append(".globl corelib_enum_names\ncorelib_enum_names:\n");
        foreach (NamedType type in used)
        {
            text.Append($".quad {type.BoxedSymbol}, .Lvalues_{type.Mangled}, {(type.IsFlags ? 1 : 0)}\n");
        }
        text.Append(".quad 0, 0, 0\n");
        var names = new StringBuilder();
        foreach (NamedType type in used)
        {
            text.Append($".Lvalues_{type.Mangled}:\n");
            foreach ((string name, ulong value) in type.Values.OrderBy(value => value.Value))
            {
                text.Append($".quad {value}, .Lvalue_{type.Mangled}_{name}\n");
                names.Append($".Lvalue_{type.Mangled}_{name}: .asciz \"{name}\"\n");
            }
            text.Append(".quad 0, 0\n");
        }
        text.Append(names);
    }
}
