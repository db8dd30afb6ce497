// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>The root of the class hierarchy.</summary>
/// <remarks>ilc finds the method table through the field <c>m_pEEType</c>; the name is fixed.</remarks>
public unsafe partial class Object
{
    internal MethodTable* m_pEEType;

    /// <summary>Does nothing; every constructor chain ends here.</summary>
    public Object()
    {
    }

    /// <summary>Nothing is ever finalized; the compiler requires the slot to exist.</summary>
    ~Object()
    {
    }

    /// <summary>Compares by identity unless overridden.</summary>
    public virtual bool Equals(object? obj) => this == obj;

    /// <summary>A number by identity unless overridden; equal objects must have equal numbers.</summary>
    public virtual int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>Text for people; user programs get the type's name, the kernel nothing.</summary>
    public virtual string? ToString()
    {
        string? text = null;
        Describe(ref text);
        return text;
    }

    partial void Describe(ref string? text);

    /// <summary>Compares two objects of which either may be null.</summary>
    public static bool Equals(object? objA, object? objB) => objA == objB || (objA is not null && objB is not null && objA.Equals(objB));

    /// <summary>Compares references.</summary>
    public static bool ReferenceEquals(object? objA, object? objB) => objA == objB;
}
