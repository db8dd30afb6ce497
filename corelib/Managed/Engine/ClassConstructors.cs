// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime.CompilerServices
{
    /// <summary>Stands before the statics of a class with a constructor that runs at first use.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct StaticClassConstructionContext
    {
        /// <summary>The constructor; zero once it has begun.</summary>
        public nint cctorMethodAddress;
    }
}

namespace Internal.Runtime.CompilerHelpers
{
    /// <summary>Runs static constructors at first use. ilc finds the methods by name.</summary>
    /// <remarks>With one thread, a constructor that meets its own class again simply goes on, as .NET has it.</remarks>
    internal static unsafe class ClassConstructorRunner
    {
        internal static object CheckStaticClassConstructionReturnGCStaticBase(StaticClassConstructionContext* context, object gcStaticBase)
        {
            Run(context);
            return gcStaticBase;
        }

        internal static nint CheckStaticClassConstructionReturnNonGCStaticBase(StaticClassConstructionContext* context, nint nonGcStaticBase)
        {
            Run(context);
            return nonGcStaticBase;
        }

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

        internal static void CheckStaticClassConstruction(StaticClassConstructionContext* context) => Run(context);

        private static void Run(StaticClassConstructionContext* context)
        {
            nint constructor = context->cctorMethodAddress;
            if (constructor == 0) return;
            context->cctorMethodAddress = 0;
            ((delegate*<void>)constructor)();
        }
    }
}
