// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;

namespace Sel4.Tools.Gen.Api;

internal sealed record Constant(string Name, string TypeName, ulong Value, string Summary);

internal sealed record ConstantClass(string Name, string Summary, List<Constant> Constants);

/// <summary>A named number; <paramref name="Condition"/> says when it exists and is empty when it always does.</summary>
internal sealed record EnumValue(string Name, long Number, string Summary, string Condition = "");

internal sealed record EnumType(string Name, string TypeName, string Summary, List<EnumValue> Values);

/// <summary>Something that Retype makes. A number is null in builds that do not have it.</summary>
/// <param name="HasUserSize">Whether the size argument is added to <paramref name="SizeBits"/>.</param>
internal sealed record ObjectKind(string Name, long? Number, long? McsNumber, bool HasUserSize, int SizeBits, string Summary);

internal sealed record SystemCallEntry(string Name, long? Number, long? McsNumber, string Summary, string Condition);

/// <summary>A message word or a word of the answer.</summary>
internal sealed record WordArgument(string Name, string TypeName, string Summary);

/// <summary>An extra capability.</summary>
internal sealed record CapabilityArgument(string Name, string Marker, string Summary);

internal sealed record MethodError(string Code, IReadOnlyList<string> Details, string Condition);

/// <summary>A method of an object, with what its message and its answer look like.</summary>
internal sealed class Method(string objectName, string name, long? label, long? mcsLabel, string summary)
{
    internal string Name => name;

    internal long? Label => label;

    internal long? McsLabel => mcsLabel;

    internal string Summary => summary;

    /// <summary>The name of the label: object and method in one word.</summary>
    internal string LabelName => objectName + name;

    internal List<WordArgument> Words { get; } = [];

    internal List<CapabilityArgument> Capabilities { get; } = [];

    internal List<WordArgument> Results { get; } = [];

    internal List<MethodError> Errors { get; } = [];

    /// <summary>What follows the words, when the message has no fixed length.</summary>
    internal WordArgument? TrailingWords { get; set; }

    /// <summary>What follows the results, when the answer has no fixed length.</summary>
    internal WordArgument? TrailingResults { get; set; }

    /// <summary>
    /// Whether a word is an address in a CNode. Typed programs name slots by one value instead, so a person writes that method.
    /// </summary>
    internal bool HasSlotAddress => Words.Exists(word => word.Name is "depth" or "nodeDepth");

    internal bool HasFixedShape => TrailingWords == null && TrailingResults == null;
}

/// <param name="Marker">The type of the capability in typed programs.</param>
/// <param name="Family">The interface of a group of types that have the methods; empty when it is just the one.</param>
internal sealed record ObjectInterface(string Name, string Marker, string Family, string Summary, List<Method> Methods)
{
    /// <summary>The methods of builds without scheduling contexts.</summary>
    internal IEnumerable<Method> NonMcsMethods => Methods.Where(method => method.Label != null);
}

/// <summary>Everything that <c>objects.api</c> declares.</summary>
internal sealed class ApiFile
{
    internal List<ConstantClass> ConstantClasses { get; } = [];

    internal List<EnumType> Enums { get; } = [];

    internal List<ObjectKind> Kinds { get; } = [];

    internal List<SystemCallEntry> Calls { get; } = [];

    internal List<ObjectInterface> Objects { get; } = [];

    /// <summary>The methods of builds without scheduling contexts, ascending by label.</summary>
    internal IEnumerable<Method> NonMcsMethods =>
        Objects.SelectMany(type => type.NonMcsMethods).OrderBy(method => method.Label);
}
