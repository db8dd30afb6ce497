// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.InteropServices;

/// <summary>ilc looks the method up in every image; no type here answers casts dynamically.</summary>
internal interface IDynamicInterfaceCastable
{
    internal static nint GetDynamicInterfaceImplementation(object instance, nint interfaceType, ushort slot)
    {
        Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowInvalidCastException();
        return 0;
    }
}
