// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>Guesses what was meant by a misspelt word.</summary>
public static class Suggestion
{
    /// <summary>The candidate with the fewest edits, if these are few enough to be a slip; else null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            bool isBeginning = word.Length > 1 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase);
            int distance = isBeginning ? 1 : Distance(word, candidate);
            if (distance >= bestDistance) continue;
            best = candidate;
            bestDistance = distance;
        }
        return bestDistance <= Math.Max(1, word.Length / 2) ? best : null;
    }

    /// <summary>The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    public static int Distance(string first, string second)
    {
        int[,] cost = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= second.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= first.Length; i++)
        {
            for (int j = 1; j <= second.Length; j++)
            {
                int replace = cost[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                bool isSwap = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
                if (isSwap) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[first.Length, second.Length];
    }
}
