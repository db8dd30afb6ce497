// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sel4.Tools.Testing;

/// <summary>What others can see of an assembly: types, members with their signatures, interfaces, each as a line.</summary>
internal static class ApiSurface
{
    public static HashSet<string> Of(string path)
    {
        var surface = new HashSet<string>();
        using var image = new PEReader(File.OpenRead(path));
        if (!image.HasMetadata) return surface;
        MetadataReader metadata = image.GetMetadataReader();
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions.Where(handle => IsVisible(metadata, handle)))
        {
            string type = SignatureText.NameOf(metadata, handle);
            surface.Add("type " + type);
            surface.UnionWith(MembersOf(metadata, metadata.GetTypeDefinition(handle)).Select(member => $"{type}: {member}"));
        }
        return surface;
    }

    private static IEnumerable<string> MembersOf(MetadataReader metadata, TypeDefinition type)
    {
        foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            if (!IsVisible((int)(method.Attributes & MethodAttributes.MemberAccessMask))) continue;
            MethodSignature<string> signature = method.DecodeSignature(SignatureText.Instance, null);
            string arity = signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "";
            yield return $"{signature.ReturnType} {metadata.GetString(method.Name)}{arity}({string.Join(", ", signature.ParameterTypes)})";
        }
        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            if (!IsVisible((int)(field.Attributes & FieldAttributes.FieldAccessMask))) continue;
            yield return $"{field.DecodeSignature(SignatureText.Instance, null)} {metadata.GetString(field.Name)}";
        }
        foreach (InterfaceImplementation implementation in type.GetInterfaceImplementations().Select(metadata.GetInterfaceImplementation))
        {
            yield return "implements " + SignatureText.NameOf(metadata, implementation.Interface);
        }
    }

    private static bool IsVisible(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(metadata, type.GetDeclaringType()),
            _ => false,
        };
    }

    // Methods and fields number their access alike (ECMA-335 §II.23.1.5, §II.23.1.10).
    private static bool IsVisible(int access) =>
        (MethodAttributes)access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    /// <summary>Signatures as text in which the assembly that a type comes from does not show.</summary>
    private sealed class SignatureText : ISignatureTypeProvider<string, object?>
    {
        internal static readonly SignatureText Instance = new();

        internal static string NameOf(MetadataReader metadata, EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    TypeDefinition type = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                    TypeDefinitionHandle outer = type.GetDeclaringType();
                    return Join(outer.IsNil ? metadata.GetString(type.Namespace) : NameOf(metadata, outer), metadata.GetString(type.Name));
                case HandleKind.TypeReference:
                    TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                    string scope = reference.ResolutionScope.Kind == HandleKind.TypeReference
                        ? NameOf(metadata, reference.ResolutionScope)
                        : metadata.GetString(reference.Namespace);
                    return Join(scope, metadata.GetString(reference.Name));
                default:
                    return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Instance, null);
            }
        }

        private static string Join(string scope, string name) => scope.Length == 0 ? name : scope + "." + name;

        public string GetPrimitiveType(PrimitiveTypeCode code) => "System." + code;

        public string GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte kind) => NameOf(metadata, handle);

        public string GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte kind) => NameOf(metadata, handle);

        public string GetTypeFromSpecification(MetadataReader metadata, object? context, TypeSpecificationHandle handle, byte kind) =>
            NameOf(metadata, handle);

        public string GetArrayType(string element, ArrayShape shape) => $"{element}[{new string(',', shape.Rank - 1)}]";

        public string GetSZArrayType(string element) => element + "[]";

        public string GetByReferenceType(string element) => element + "&";

        public string GetPointerType(string element) => element + "*";

        public string GetPinnedType(string element) => element;

        public string GetModifiedType(string modifier, string unmodified, bool isRequired) => unmodified;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "delegate*";

        public string GetGenericInstantiation(string definition, ImmutableArray<string> arguments) =>
            $"{definition}<{string.Join(", ", arguments)}>";

        public string GetGenericTypeParameter(object? context, int index) => $"!{index}";

        public string GetGenericMethodParameter(object? context, int index) => $"!!{index}";
    }
}
