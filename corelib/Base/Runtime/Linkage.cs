// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime;

/// <summary>The method is a symbol of the image, and a root of the compilation.</summary>
/// <remarks>Inside .NET this is not public; here it is how C# and assembly meet (anchors §4.11).</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuntimeExportAttribute(string entry) : Attribute
{
    /// <summary>The symbol.</summary>
    public string Entry { get; } = entry;
}

/// <summary>The method is a symbol that another object of the image defines; never in a generic type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuntimeImportAttribute : Attribute
{
    /// <summary>Names the symbol; the library is always "*".</summary>
    public RuntimeImportAttribute(string dllName, string entryPoint)
    {
        DllName = dllName;
        EntryPoint = entryPoint;
    }

    /// <summary>Names the symbol.</summary>
    public RuntimeImportAttribute(string entryPoint)
    {
        DllName = "*";
        EntryPoint = entryPoint;
    }

    /// <summary>Always "*".</summary>
    public string DllName { get; }

    /// <summary>The symbol.</summary>
    public string EntryPoint { get; }
}
