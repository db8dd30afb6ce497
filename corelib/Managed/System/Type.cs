// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System;

public abstract partial class Type
{
    /// <summary>Name without namespace.</summary>
    public string Name
    {
        get
        {
            string name = FullName;
            int dot = name.LastIndexOf('.');
            return dot < 0 ? name : name.Substring(dot + 1);
        }
    }

    /// <summary>Name with namespace.</summary>
    public unsafe string FullName => Internal.Runtime.TypeNames.Get(Unsafe.As<RuntimeType>(this).Table);

    /// <summary>The handle.</summary>
    public unsafe RuntimeTypeHandle TypeHandle => new(Unsafe.As<RuntimeType>(this).Table);

    /// <summary>Name with namespace.</summary>
    public override string ToString() => FullName;
}
