// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.Tests.Support;

/// <summary>Compares the answer of an invocation, with all its details.</summary>
public static class Expect
{
    public static void None(SyscallError error) => Equal(SyscallError.None, error);

    public static void Equal(SyscallError expected, SyscallError actual) =>
        Assert.True(expected.Word0 == actual.Word0 && expected.Word1 == actual.Word1, $"expected {Text(expected)}, got {Text(actual)}");

    public static void Illegal(SyscallError error) => Equal(SyscallError.IllegalOperation, error);

    public static void Truncated(SyscallError error) => Equal(SyscallError.TruncatedMessage, error);

    public static void DeleteFirst(SyscallError error) => Equal(SyscallError.DeleteFirst, error);

    public static void Range(ulong minimum, ulong maximum, SyscallError error) => Equal(SyscallError.Range(minimum, maximum), error);

    public static void Lookup(LookupFailure failure, bool wasSource, SyscallError error) =>
        Equal(SyscallError.FailedLookup(failure, wasSource), error);

    private static string Text(SyscallError error) => error.CodeByte == SyscallError.PreemptedCode
        ? "preempted"
        : $"{error.Code} ({error.Word0:x}, {error.Word1:x})";
}
