// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>A failure that the user can act on: shown as its message alone, without a stack trace.</summary>
public sealed class BuildException(string message, int exitCode = BuildException.Failure) : Exception(message)
{
    /// <summary>Something that was asked for did not succeed.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The machine lacks something that has to be installed first.</summary>
    public const int Missing = 3;

    public int ExitCode { get; } = exitCode;
}
