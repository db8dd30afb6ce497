// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Fuzz;

/// <summary>Takes steps out of a failing game as long as it still fails: delta debugging with halving chunks.</summary>
public static class Shrinker
{
    /// <summary>A shortest list that could be found with so many attempts. The list given has to fail.</summary>
    public static List<T> Shrink<T>(List<T> steps, Func<List<T>, bool> fails, int attempts = 600)
    {
        List<T> best = steps;
        for (int chunk = Math.Max(1, best.Count / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            bool isShorter = false;
            // From the end, because what a failure needs was mostly made early.
            for (int end = best.Count; end > 0 && attempts > 0; end -= chunk)
            {
                int start = Math.Max(0, end - chunk);
                List<T> candidate = [.. best.GetRange(0, start), .. best.GetRange(end, best.Count - end)];
                attempts--;
                if (candidate.Count == 0 || !fails(candidate)) continue;
                best = candidate;
                isShorter = true;
            }

            if (attempts <= 0 || (chunk == 1 && !isShorter)) return best;
        }
    }
}
