// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Sel4.Tools.Build.Elf;

namespace Sel4.Tools.Build;

/// <summary>
/// Makes the table from which a program that ends by an exception of its own takes the name of the class: ilc leaves no names in the
/// image. The core library knows the names of its own exceptions, so the table is mostly empty and always small.
/// </summary>
public static class ExceptionNames
{
    private const string MethodTablePrefix = "_ZTV";

    /// <summary>
    /// The table as an assembly file: pairs of method table and text, ended by a null pair. The symbol and the layout are those of
    /// corelib/Managed/Engine/TypeNames.cs.
    /// </summary>
    public static string Table(string objectFile, IEnumerable<string> assemblies)
    {
        HashSet<string> symbols = [.. ElfFile.Open(objectFile).Symbols.Where(symbol => symbol.Section != 0).Select(symbol => symbol.Name)];
        var table = new StringBuilder(".section .rodata\n.globl corelib_type_names\n.balign 8\ncorelib_type_names:\n");
        var texts = new StringBuilder();
        int count = 0;
        foreach ((string assembly, string name) in ExceptionsIn(assemblies))
        {
            string mangled = Mangle(assembly + "_" + name);
            string symbol = $"{MethodTablePrefix}{mangled.Length}{mangled}";
            if (!symbols.Contains(symbol)) continue;
            table.Append($".quad {symbol}, .Lname{count}\n");
            texts.Append($".Lname{count}: .asciz \"{name}\"\n");
            count++;
        }
        return $"# SPDX-License-Identifier: BSD-2-Clause\n{table}.quad 0, 0\n{texts}.section .note.GNU-stack, \"\", @progbits\n";
    }

    /// <summary>Classes derived from System.Exception, near or far, outside the core library.</summary>
    private static IEnumerable<(string Assembly, string Name)> ExceptionsIn(IEnumerable<string> assemblies)
    {
        var bases = new Dictionary<string, string>();
        var found = new List<(string Assembly, string Name)>();
        foreach (string path in assemblies)
        {
            using var image = new PEReader(File.OpenRead(path));
            MetadataReader metadata = image.GetMetadataReader();
            string assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
            {
                TypeDefinition type = metadata.GetTypeDefinition(handle);
                string name = NameOf(metadata, handle);
                if (!type.BaseType.IsNil) bases[name] = NameOf(metadata, type.BaseType);
                if (assembly != ImageGraph.Corelib && type.GetGenericParameters().Count == 0) found.Add((assembly, name));
            }
        }
        return found.Where(type => IsException(type.Name, bases)).OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    private static bool IsException(string name, Dictionary<string, string> bases)
    {
        string? current = name;
        while (current is not null and not "System.Exception") current = bases.GetValueOrDefault(current);
        return current is not null;
    }

    private static string NameOf(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                TypeDefinitionHandle outer = definition.GetDeclaringType();
                string name = metadata.GetString(definition.Name);
                return outer.IsNil ? Qualified(metadata, definition.Namespace, name) : NameOf(metadata, outer) + "." + name;
            case HandleKind.TypeReference:
                TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return Qualified(metadata, reference.Namespace, metadata.GetString(reference.Name));
            default:
                return ""; // An instance of a generic class: no exception here is one.
        }
    }

    private static string Qualified(MetadataReader metadata, StringHandle space, string name)
        => space.IsNil ? name : metadata.GetString(space) + "." + name;

    /// <summary>How ilc makes a symbol of a name.</summary>
    private static string Mangle(string name)
        => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
