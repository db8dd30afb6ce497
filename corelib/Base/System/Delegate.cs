// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>The base of delegates. The kernel has none, but the compiler wants the type.</summary>
public abstract partial class Delegate
{
    private protected Delegate()
    {
    }
}

/// <summary>The base that C# gives every delegate type.</summary>
public abstract partial class MulticastDelegate : Delegate
{
    private protected MulticastDelegate()
    {
    }
}
