// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.RootServer;

/// <summary>Where a line editor shows what it does, and who knows how words go on.</summary>
public interface IEditorSink
{
    /// <summary>Shows text; it may contain control characters that terminals know.</summary>
    void Show(ReadOnlySpan<char> text);

    /// <summary>The candidate with this number for a word, counted from 0; null after the last.</summary>
    /// <param name="line">The line up to the word: what can stand there depends on it.</param>
    string? Candidate(ReadOnlySpan<char> line, int number);
}
