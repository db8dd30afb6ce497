// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

namespace Sel4.Testing;

/// <summary>A condition on tags: words joined by <c>&amp;</c> (and) and <c>,</c> (or, weaker); <c>!</c> before a word is not.</summary>
public sealed class TagExpression
{
    private readonly List<string[]> _alternatives = new();

    private TagExpression()
    {
    }

    /// <summary>Reads an expression; null with a sentence when a word is missing.</summary>
    public static TagExpression? Parse(string text, out string problem)
    {
        TagExpression expression = new();
        problem = "";
        foreach (string alternative in text.Split(','))
        {
            string[] words = alternative.Split('&');
            foreach (string word in words)
            {
                string plain = word.Length > 0 && word[0] == '!' ? word.Substring(1) : word;
                if (plain.Length != 0 && plain.IndexOf(' ') < 0) continue;
                problem = $"'{text}' is no expression of tags: words joined by & and , with ! for not";
                return null;
            }

            expression._alternatives.Add(words);
        }

        return expression;
    }

    /// <summary>Whether a test with these tags, a blank between them, is meant.</summary>
    public bool Accepts(string tags)
    {
        foreach (string[] words in _alternatives)
        {
            bool holds = true;
            foreach (string word in words)
                holds &= word[0] == '!' ? !TestInfo.HasWord(tags, word.Substring(1)) : TestInfo.HasWord(tags, word);
            if (holds) return true;
        }

        return false;
    }
}
