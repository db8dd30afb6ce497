// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>What <c>typeof</c> and constant tables compile to where the JIT does not fold them away.</summary>
internal static unsafe class LdTokenHelpers
{
    internal static RuntimeTypeHandle GetRuntimeTypeHandle(nint pEEType) => new((MethodTable*)pEEType);

    internal static Type GetRuntimeType(nint pEEType) => RuntimeType.From(new RuntimeTypeHandle((MethodTable*)pEEType));

    internal static RuntimeMethodHandle GetRuntimeMethodHandle(nint pHandleSignature) => new(pHandleSignature);

    internal static RuntimeFieldHandle GetRuntimeFieldHandle(nint pHandleSignature) => new(pHandleSignature);
}
