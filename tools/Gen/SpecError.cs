// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Tools.Gen;

/// <summary>A description file that cannot be understood. The message begins with file and line.</summary>
public sealed class SpecError(string path, int line, string problem) : Exception($"{path}:{line}: {problem}")
{
    /// <summary>The file, relative to the repository.</summary>
    public string Path { get; } = path;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}
