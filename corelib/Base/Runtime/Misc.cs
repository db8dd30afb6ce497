// SPDX-License-Identifier: BSD-2-Clause
namespace System.Reflection
{
    /// <summary>Written by the compiler on types with an indexer.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
    public sealed class DefaultMemberAttribute(string memberName) : Attribute
    {
        /// <summary>As given.</summary>
        public string MemberName { get; } = memberName;
    }
}

namespace System.Security
{
    /// <summary>Written by the compiler on modules with unsafe code.</summary>
    [AttributeUsage(AttributeTargets.Module)]
    public sealed class UnverifiableCodeAttribute : Attribute;
}

namespace System.ComponentModel
{
    /// <summary>For editors.</summary>
    [AttributeUsage(AttributeTargets.All)]
    public sealed class EditorBrowsableAttribute(EditorBrowsableState state) : Attribute
    {
        /// <summary>As given.</summary>
        public EditorBrowsableState State { get; } = state;
    }

    /// <summary>Whether an editor offers a member.</summary>
    public enum EditorBrowsableState
    {
        Always = 0,
        Never = 1,
        Advanced = 2,
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>What the compiler may assume of the platform.</summary>
    public static class RuntimeFeature
    {
        /// <summary>Interface members may have bodies.</summary>
        public const string DefaultImplementationsOfInterfaces = "DefaultImplementationsOfInterfaces";

        /// <summary>Interfaces may have static abstract members.</summary>
        public const string VirtualStaticsInInterfaces = "VirtualStaticsInInterfaces";

        /// <summary>Structs may have <c>ref</c> fields.</summary>
        public const string ByRefFields = "ByRefFields";

        /// <summary>Type arguments may be <c>ref</c> structs.</summary>
        public const string ByRefLikeGenerics = "ByRefLikeGenerics";

        /// <summary><c>nint</c> is the same type as IntPtr.</summary>
        public const string NumericIntPtr = "NumericIntPtr";

        /// <summary>Function pointers may name a calling convention by type.</summary>
        public const string UnmanagedSignatureCallingConvention = "UnmanagedSignatureCallingConvention";

        /// <summary>Overrides may return a narrower type.</summary>
        public const string CovariantReturnsOfClasses = "CovariantReturnsOfClasses";
    }
}
