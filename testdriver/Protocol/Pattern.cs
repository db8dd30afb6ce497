// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Testing;

/// <summary>What one step of a pattern does.</summary>
internal enum PatternStep : byte
{
    /// <summary>Takes one character that is in a set.</summary>
    Set,

    /// <summary>Goes on at two places.</summary>
    Split,

    /// <summary>Goes on elsewhere.</summary>
    Jump,

    /// <summary>Holds at the beginning of the text only.</summary>
    AtStart,

    /// <summary>Holds at its end only.</summary>
    AtEnd,

    /// <summary>The text matches.</summary>
    Match,
}

/// <summary>128 bits for ASCII, one for everything else.</summary>
internal struct CharacterSet
{
    public ulong Low;
    public ulong High;
    public bool HasOthers;

    public readonly bool Contains(char character) =>
        character < 64 ? (Low >> character & 1) != 0 : character < 128 ? (High >> (character - 64) & 1) != 0 : HasOthers;

    public void Add(char character)
    {
        if (character < 64) Low |= 1ul << character;
        else if (character < 128) High |= 1ul << (character - 64);
        else HasOthers = true;
    }

    public void Add(in CharacterSet other)
    {
        Low |= other.Low;
        High |= other.High;
        HasOthers |= other.HasOthers;
    }

    public void Invert()
    {
        Low = ~Low;
        High = ~High;
        HasOthers = !HasOthers;
    }
}

/// <summary>One instruction of a compiled pattern.</summary>
internal struct PatternInstruction
{
    public PatternStep Step;
    public int First;
    public int Second;
    public CharacterSet Set;
}

/// <summary>A regular expression: search, case-sensitive, not anchored unless it says so. TD:F2, TD:F3.</summary>
/// <remarks>
/// Thompson's construction, played as Pike does: all states that the text so far can lead to are followed at once, each once. So the
/// time is at most states times characters, whatever the pattern. Understood: alternation, groups, classes with POSIX names,
/// <c>* + ? {m} {m,} {m,n}</c>, <c>^ $ .</c>, and backslash for the next character itself. Matching allocates nothing.
/// </remarks>
public sealed class Pattern
{
    /// <summary>Most steps of a compiled pattern, so that a selection cannot exhaust the driver.</summary>
    internal const int MaxSteps = 4096;

    private readonly PatternInstruction[] _program;
    private readonly int[] _current;
    private readonly int[] _next;
    private readonly int[] _stack;
    private readonly int[] _seen;
    private int _currentCount;
    private int _nextCount;
    private int _mark;

    internal Pattern(PatternInstruction[] program)
    {
        _program = program;
        _current = new int[program.Length];
        _next = new int[program.Length];
        _stack = new int[(program.Length * 2) + 2];
        _seen = new int[program.Length];
    }

    /// <summary>Compiles a pattern; null with what is wrong and where when it cannot be understood.</summary>
    /// <param name="position">The place of the mistake, counted from 0.</param>
    public static Pattern? Compile(string text, out string problem, out int position) =>
        new PatternParser(text).Compile(out problem, out position);

    /// <summary>Whether the pattern is found anywhere in the text.</summary>
    public bool IsIn(string text)
    {
        _currentCount = 0;
        for (int at = 0; ; at++)
        {
            // A match may begin here: another thread of the search.
            _mark++;
            for (int index = 0; index < _currentCount; index++) _seen[_current[index]] = _mark;
            if (Follow(0, at, text.Length, _current, ref _currentCount)) return true;
            if (at == text.Length) return false;
            _nextCount = 0;
            _mark++;
            for (int index = 0; index < _currentCount; index++)
            {
                ref PatternInstruction instruction = ref _program[_current[index]];
                if (!instruction.Set.Contains(text[at])) continue;
                if (Follow(_current[index] + 1, at + 1, text.Length, _next, ref _nextCount)) return true;
            }

            for (int index = 0; index < _nextCount; index++) _current[index] = _next[index];
            _currentCount = _nextCount;
        }
    }

    /// <summary>Adds every state that takes a character and can be reached from one; true when the match is reached.</summary>
    private bool Follow(int start, int at, int length, int[] states, ref int count)
    {
        int depth = 0;
        _stack[depth++] = start;
        while (depth > 0)
        {
            int state = _stack[--depth];
            if (_seen[state] == _mark) continue;
            _seen[state] = _mark;
            ref PatternInstruction instruction = ref _program[state];
            switch (instruction.Step)
            {
                case PatternStep.Match:
                    return true;
                case PatternStep.Set:
                    states[count++] = state;
                    break;
                case PatternStep.Split:
                    _stack[depth++] = instruction.Second;
                    _stack[depth++] = instruction.First;
                    break;
                case PatternStep.Jump:
                    _stack[depth++] = instruction.First;
                    break;
                case PatternStep.AtStart:
                    if (at == 0) _stack[depth++] = state + 1;
                    break;
                default:
                    if (at == length) _stack[depth++] = state + 1;
                    break;
            }
        }

        return false;
    }
}
