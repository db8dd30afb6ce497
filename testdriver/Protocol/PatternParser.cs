// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

namespace Sel4.Testing;

/// <summary>Turns the text of a pattern into instructions, by recursive descent. Repetition copies what it repeats.</summary>
internal sealed class PatternParser(string text)
{
    private const int MaxRepeat = 255;
    private const int MaxDepth = 100;
    private readonly string _text = text;
    private readonly List<PatternInstruction> _program = new();
    private string _problem = "";
    private int _mistake;
    private int _position;
    private int _depth;

    private bool IsBad => _problem.Length != 0;

    private bool IsAtEnd => _position == _text.Length;

    internal Pattern? Compile(out string problem, out int position)
    {
        Alternatives();
        if (!IsBad && !IsAtEnd) Fail("a ) without its (", _position);
        Emit(PatternStep.Match);
        problem = _problem;
        position = _mistake;
        return IsBad ? null : new Pattern(_program.ToArray());
    }

    private void Fail(string problem, int position)
    {
        if (IsBad) return;
        _problem = problem;
        _mistake = position;
    }

    private int Emit(PatternStep step, int first = 0, int second = 0)
    {
        if (_program.Count >= Pattern.MaxSteps) Fail("the pattern is too large", _position);
        else _program.Add(new PatternInstruction { Step = step, First = first, Second = second });
        return _program.Count - 1;
    }

    private void Patch(int at, int first, int second)
    {
        PatternInstruction instruction = _program[at];
        instruction.First = first;
        instruction.Second = second;
        _program[at] = instruction;
    }

    private bool Takes(char character)
    {
        if (IsAtEnd || _text[_position] != character) return false;
        _position++;
        return true;
    }

    private void Alternatives()
    {
        if (++_depth > MaxDepth)
        {
            Fail("groups lie too deep in each other", _position);
            return;
        }

        int start = _program.Count;
        Sequence();
        while (!IsBad && Takes('|'))
        {
            // What there is so far becomes the first branch: room for the split in front of it, a jump behind it.
            Insert(start);
            int jump = Emit(PatternStep.Jump);
            if (IsBad) return;
            Patch(start, start + 1, _program.Count);
            Sequence();
            if (!IsBad) Patch(jump, _program.Count, 0);
        }

        _depth--;
    }

    /// <summary>Makes room for a split before what was emitted from <paramref name="at"/> on.</summary>
    private void Insert(int at)
    {
        Emit(PatternStep.Split);
        for (int index = _program.Count - 1; index > at && !IsBad; index--)
        {
            PatternInstruction moved = _program[index - 1];
            if (moved.Step is PatternStep.Split or PatternStep.Jump)
            {
                if (moved.First >= at) moved.First++;
                if (moved.Step == PatternStep.Split && moved.Second >= at) moved.Second++;
            }

            _program[index] = moved;
        }

        if (!IsBad) _program[at] = new PatternInstruction { Step = PatternStep.Split };
    }

    private void Sequence()
    {
        while (!IsBad && !IsAtEnd && _text[_position] is not ('|' or ')'))
        {
            int start = _program.Count;
            int from = _position;
            Atom();
            Repetitions(start, from);
        }
    }

    private void Atom()
    {
        int at = _position;
        char character = _text[_position++];
        switch (character)
        {
            case '(':
                Alternatives();
                if (!IsBad && !Takes(')')) Fail("a ( without its )", at);
                break;
            case '*' or '+' or '?' or '{':
                Fail($"nothing to repeat before {character}", at);
                break;
            case '^':
                Emit(PatternStep.AtStart);
                break;
            case '$':
                Emit(PatternStep.AtEnd);
                break;
            case '[':
                EmitSet(new ClassParser(this).Parse(at));
                break;
            case '.':
                CharacterSet all = default;
                all.Invert();
                EmitSet(all);
                break;
            case '\\':
                if (IsAtEnd) Fail("a \\ at the end", at);
                else if (char.IsAsciiLetterOrDigit(_text[_position])) Fail("a \\ before a letter or digit; write [[:digit:]]", at);
                else EmitCharacter(_text[_position++]);
                break;
            default:
                EmitCharacter(character);
                break;
        }
    }

    private void EmitCharacter(char character)
    {
        CharacterSet set = default;
        set.Add(character);
        EmitSet(set);
    }

    private void EmitSet(CharacterSet set)
    {
        int at = Emit(PatternStep.Set);
        if (IsBad) return;
        PatternInstruction instruction = _program[at];
        instruction.Set = set;
        _program[at] = instruction;
    }

    private void Repetitions(int start, int from)
    {
        while (!IsBad && !IsAtEnd && _text[_position] is '*' or '+' or '?' or '{')
        {
            int at = _position;
            int least = 0;
            int most = -1;
            char character = _text[_position++];
            if (character == '+') least = 1;
            else if (character == '?') most = 1;
            else if (character == '{') Bounds(at, out least, out most);
            if (!IsBad) Repeat(start, least, most, from);
        }
    }

    private void Bounds(int at, out int least, out int most)
    {
        bool hasLeast = Number(out least);
        most = least;
        if (Takes(',') && !Number(out most)) most = -1;
        bool isGood = hasLeast && Takes('}') && (most < 0 || most >= least) && least <= MaxRepeat && most <= MaxRepeat;
        if (!isGood) Fail("a repetition is {m}, {m,} or {m,n} with m <= n <= 255", at);
    }

    private bool Number(out int value)
    {
        value = 0;
        int start = _position;
        while (!IsAtEnd && _text[_position] is >= '0' and <= '9' && value <= MaxRepeat)
            value = (value * 10) + (_text[_position++] - '0');
        return _position > start;
    }

    /// <summary>Repeats what was emitted from <paramref name="start"/> on; <paramref name="most"/> below 0 is without end.</summary>
    private void Repeat(int start, int least, int most, int from)
    {
        PatternInstruction[] body = new PatternInstruction[_program.Count - start];
        for (int index = 0; index < body.Length; index++) body[index] = _program[start + index];
        _program.RemoveRange(start, body.Length);
        for (int turn = 0; turn < least; turn++) Copy(body, start);
        if (most < 0)
        {
            int split = Emit(PatternStep.Split);
            Copy(body, start);
            Emit(PatternStep.Jump, split);
            if (!IsBad) Patch(split, split + 1, _program.Count);
            return;
        }

        for (int turn = least; turn < most && !IsBad; turn++)
        {
            int split = Emit(PatternStep.Split);
            Copy(body, start);
            if (!IsBad) Patch(split, split + 1, _program.Count);
        }
    }

    private void Copy(PatternInstruction[] body, int start)
    {
        int shift = _program.Count - start;
        foreach (PatternInstruction original in body)
        {
            PatternInstruction copy = original;
            copy.First += shift;
            copy.Second += shift;
            int at = Emit(copy.Step);
            if (IsBad) return;
            _program[at] = copy;
        }
    }

    /// <summary>What stands between brackets.</summary>
    private readonly struct ClassParser(PatternParser parser)
    {
        private static readonly string[] s_names =
            ["alpha", "digit", "alnum", "upper", "lower", "space", "blank", "punct", "print", "graph", "cntrl", "xdigit"];

        private readonly PatternParser _parser = parser;

        internal CharacterSet Parse(int at)
        {
            CharacterSet set = default;
            bool isInverted = _parser.Takes('^');
            bool isFirst = true;
            while (!_parser.IsAtEnd && (isFirst || _parser._text[_parser._position] != ']') && !_parser.IsBad)
            {
                isFirst = false;
                Element(ref set);
            }

            if (!_parser.Takes(']')) _parser.Fail("a [ without its ]", at);
            if (isInverted) set.Invert();
            return set;
        }

        private void Element(ref CharacterSet set)
        {
            string text = _parser._text;
            int at = _parser._position;
            if (text[at] == '[' && at + 1 < text.Length && text[at + 1] == ':')
            {
                Named(ref set, at);
                return;
            }

            char first = text[_parser._position++];
            bool isRange = _parser._position + 1 < text.Length && text[_parser._position] == '-' && text[_parser._position + 1] != ']';
            if (!isRange)
            {
                set.Add(first);
                return;
            }

            char last = text[_parser._position + 1];
            _parser._position += 2;
            if (last < first) _parser.Fail("a range whose end is before its beginning", at);
            for (int character = first; character <= last && character < 129; character++) set.Add((char)character);
            if (last >= 128) set.Add(last);
        }

        private void Named(ref CharacterSet set, int at)
        {
            foreach (string name in s_names)
            {
                string whole = "[:" + name + ":]";
                if (_parser._text.Length - at < whole.Length || _parser._text.Substring(at, whole.Length) != whole) continue;
                _parser._position += whole.Length;
                for (char character = '\0'; character < 128; character++)
                    if (IsIn(name, character)) set.Add(character);
                return;
            }

            _parser.Fail("a class that POSIX does not name", at);
        }

        private static bool IsIn(string name, char c)
        {
            bool isUpper = c is >= 'A' and <= 'Z';
            bool isLower = c is >= 'a' and <= 'z';
            bool isDigit = c is >= '0' and <= '9';
            bool isGraph = c is > ' ' and < (char)127;
            return name switch
            {
                "alpha" => isUpper || isLower,
                "digit" => isDigit,
                "alnum" => isUpper || isLower || isDigit,
                "upper" => isUpper,
                "lower" => isLower,
                "space" => c is ' ' or (>= '\t' and <= '\r'),
                "blank" => c is ' ' or '\t',
                "punct" => isGraph && !isUpper && !isLower && !isDigit,
                "print" => isGraph || c == ' ',
                "graph" => isGraph,
                "cntrl" => c < ' ' || c == 127,
                _ => isDigit || c is (>= 'a' and <= 'f') or (>= 'A' and <= 'F'),
            };
        }
    }
}
