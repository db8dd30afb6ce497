// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection;
using System.Reflection.Metadata;

namespace Sel4.Tools.Build;

/// <summary>What the name tables want to know of a type in an assembly.</summary>
/// <param name="Name">With namespace and outer types, dots between them.</param>
/// <param name="Values">Of an enumeration: names and values, widened by their sign.</param>
internal sealed record NamedType(string Assembly, string Name, string Base, bool IsFlags, IReadOnlyList<(string Name, ulong Value)> Values)
{
    private const string MethodTablePrefix = "_ZTV";

    /// <summary>How ilc writes the type's name in symbols.</summary>
    public string Mangled => string.Concat($"{Assembly}_{Name}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    /// <summary>The symbol of a class's method table.</summary>
    public string Symbol => $"{MethodTablePrefix}{Mangled.Length}{Mangled}";

    /// <summary>The symbol of a value type's method table.</summary>
    public string BoxedSymbol => $"{MethodTablePrefix}{Mangled.Length + "Boxed_".Length}Boxed_{Mangled}";

    public static NamedType Read(MetadataReader metadata, string assembly, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string baseName = type.BaseType.IsNil ? "" : NameOf(metadata, type.BaseType);
        bool isEnumeration = baseName == "System.Enum";
        return new NamedType(
            assembly, NameOf(metadata, handle), baseName,
            isEnumeration && type.GetCustomAttributes().Any(attribute => AttributeName(metadata, attribute) == "System.FlagsAttribute"),
            isEnumeration ? [.. ValuesOf(metadata, type)] : []);
    }

    private static IEnumerable<(string Name, ulong Value)> ValuesOf(MetadataReader metadata, TypeDefinition type)
    {
        foreach (FieldDefinitionHandle handle in type.GetFields())
        {
            FieldDefinition field = metadata.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Literal) == 0) continue;
            Constant constant = metadata.GetConstant(field.GetDefaultValue());
            object value = metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)!;
            ulong bits = value is ulong large ? large : unchecked((ulong)Convert.ToInt64(value, null));
            yield return (metadata.GetString(field.Name), bits);
        }
    }

    private static string AttributeName(MetadataReader metadata, CustomAttributeHandle handle)
    {
        EntityHandle constructor = metadata.GetCustomAttribute(handle).Constructor;
        EntityHandle type = constructor.Kind == HandleKind.MemberReference
            ? metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        return NameOf(metadata, type);
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
                return ""; // An instance of a generic class: neither an exception nor an enumeration.
        }
    }

    private static string Qualified(MetadataReader metadata, StringHandle space, string name)
        => space.IsNil ? name : metadata.GetString(space) + "." + name;
}
