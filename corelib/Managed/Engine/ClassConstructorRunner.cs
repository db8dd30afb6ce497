// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;

namespace System.Runtime.CompilerServices;

internal static unsafe partial class ClassConstructorRunner
{
    internal static object CheckStaticClassConstructionReturnThreadStaticBase(
        TypeManagerSlot* module, int index, StaticClassConstructionContext* context)
    {
        object statics = ThreadStatics.GetThreadStaticBaseForType(module, index);
        Run(context);
        return statics;
    }

    internal static object CheckStaticClassConstructionReturnThreadStaticBase(object statics, StaticClassConstructionContext* context)
    {
        Run(context);
        return statics;
    }
}
