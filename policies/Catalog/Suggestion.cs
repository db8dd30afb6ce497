// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Policies.Catalog;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestion
{
    private const int FarthestEdits = 3;

    /// <summary>" (did you mean 'x'?)", or nothing when no name is near.</summary>
    public static string For(string written, string[] names)
    {
        string best = "";
        int fewest = FarthestEdits;
        for (int index = 0; index < names.Length; index++)
        {
            int edits = Edits(written, names[index]);
            // A name of which every letter had to change is no suggestion.
            if (edits >= fewest || edits >= names[index].Length) continue;
            fewest = edits;
            best = names[index];
        }

        return best.Length == 0 ? "" : $" (did you mean '{best}'?)";
    }

    /// <summary>Fewest insertions, deletions, replacements and swaps of neighbours that make one of the other.</summary>
    private static int Edits(string from, string to)
    {
        int[] older = new int[to.Length + 1];
        int[] old = new int[to.Length + 1];
        for (int column = 0; column <= to.Length; column++) old[column] = column;
        for (int row = 1; row <= from.Length; row++)
        {
            int[] now = new int[to.Length + 1];
            now[0] = row;
            for (int column = 1; column <= to.Length; column++)
            {
                int replaced = old[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                int moved = (old[column] < now[column - 1] ? old[column] : now[column - 1]) + 1;
                now[column] = replaced < moved ? replaced : moved;
                bool isSwap = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
                if (isSwap && older[column - 2] + 1 < now[column]) now[column] = older[column - 2] + 1;
            }

            older = old;
            old = now;
        }

        return old[to.Length];
    }
}
