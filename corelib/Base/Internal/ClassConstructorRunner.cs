// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.InteropServices;

namespace System.Runtime.CompilerServices;

/// <summary>Stands before the statics of a class with a constructor that runs at first use.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StaticClassConstructionContext
{
    /// <summary>The constructor; zero once it has begun.</summary>
    internal nint cctorMethodAddress;
}

/// <summary>Runs static constructors at first use. ilc finds the methods by name.</summary>
/// <remarks>
/// Without a class of this name and namespace ilc says nothing and makes every static constructor one that start-up code would have to
/// run. The kernel is meant to have none, and its build says so; if it had one, this would run it. With one thread, a constructor that
/// meets its own class again simply goes on, as .NET has it.
/// </remarks>
internal static unsafe partial class ClassConstructorRunner
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

    internal static void CheckStaticClassConstruction(StaticClassConstructionContext* context) => Run(context);

    private static void Run(StaticClassConstructionContext* context)
    {
        nint constructor = context->cctorMethodAddress;
        if (constructor == 0) return;
        context->cctorMethodAddress = 0;
        ((delegate*<void>)constructor)();
    }
}
