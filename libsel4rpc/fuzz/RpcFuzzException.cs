// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Rpc.Fuzz;

/// <summary>Something that must not happen has happened.</summary>
public sealed class RpcFuzzException(string message) : Exception(message)
{
    /// <summary>Says that a condition has to hold.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition) throw new RpcFuzzException(what);
    }
}
