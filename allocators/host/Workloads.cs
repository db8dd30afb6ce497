// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Allocators.Bench;

/// <summary>The traces of AL §9.3 and §10, each from a seed.</summary>
internal static class Workloads
{
    private const int Owners = 24;

    /// <summary>Objects of 24 owners that die at random, kept near a share of the memory; 60 % are pages (AL §9.3).</summary>
    public static Figures Mix(Subject subject, int seed, int operations, int percent)
    {
        Random random = new(seed);
        Player player = new(subject);
        List<UntypedBlock>[] owners = [.. Enumerable.Range(0, Owners).Select(_ => new List<UntypedBlock>())];
        ulong target = player.TotalBytes / 100 * (ulong)percent;
        bool isSteady = false;
        for (int operation = 0; operation < operations; operation++)
        {
            List<UntypedBlock> owner = owners[random.Next(Owners)];
            bool isFull = player.UsedBytes >= target;
            if (isFull && !isSteady)
            {
                // Filling is not what is measured: from here on it is the steady state.
                isSteady = true;
                operation = 0;
                player = new Player(subject, player.UsedBytes);
            }

            if (random.Next(2000) == 0) EndOwner(player, owner);
            else if (isFull || random.Next(4) == 0) FreeOne(player, random, owner);
            else if (player.Allocate(MixedSize(random)) is { } block) owner.Add(block);
        }

        return player.Finish();
    }

    /// <summary>One page allocated and freed in empty memory, again and again (AL:U7).</summary>
    public static Figures PingPong(Subject subject, int rounds)
    {
        Player first = new(subject);
        first.Free(first.Allocate(12)!.Value);
        Player player = new(subject);
        for (int round = 0; round < rounds; round++) player.Free(player.Allocate(12)!.Value);
        return player.Finish();
    }

    /// <summary>All pages, every other one freed, then blocks of two pages: none can be had.</summary>
    public static Figures Comb(Subject subject)
    {
        Player player = new(subject);
        List<UntypedBlock> pages = [];
        while (player.Allocate(12) is { } page) pages.Add(page);
        pages.Sort((left, right) => left.PhysicalAddress.CompareTo(right.PhysicalAddress));
        for (int index = 0; index < pages.Count; index += 2) player.Free(pages[index]);
        for (int index = 0; index < 100; index++) player.Allocate(13);
        for (int index = 1; index < pages.Count; index += 2) player.Free(pages[index]);
        return player.Finish();
    }

    /// <summary>Filled to 85 %, then all but a few small objects die (AL §9.3).</summary>
    public static Figures Pinning(Subject subject, int seed, double stay)
    {
        Random random = new(seed);
        Player player = new(subject);
        List<UntypedBlock> dying = [];
        ulong target = player.TotalBytes / 100 * 85;
        while (player.UsedBytes < target)
        {
            bool stays = random.NextDouble() < stay;
            int bits = stays ? random.Next(4, 13) : MixedSize(random);
            if (player.Allocate(bits, stays ? MemoryLifetime.Static : MemoryLifetime.Short) is not { } block) break;
            if (!stays) dying.Add(block);
        }

        foreach (UntypedBlock block in dying) player.Free(block);
        return player.Finish();
    }

    /// <summary>Processes come and go: each allocates what a small process needs, and ends as a whole.</summary>
    public static Figures Churn(Subject subject, int seed, int processes)
    {
        Random random = new(seed);
        Player player = new(subject);
        Queue<List<UntypedBlock>> alive = [];
        for (int process = 0; process < processes; process++)
        {
            if (alive.Count == 8) EndOwner(player, alive.Dequeue());
            List<UntypedBlock> blocks = [];
            alive.Enqueue(blocks);
            int pages = random.Next(20, 60);
            int[] sizes = [11, 11, 4, 4, 5, 17, 12, 12, 12, 12, .. Enumerable.Repeat(12, pages)];
            foreach (int bits in sizes)
                if (player.Allocate(bits) is { } block) blocks.Add(block);
        }

        while (alive.TryDequeue(out List<UntypedBlock>? rest)) EndOwner(player, rest);
        return player.Finish();
    }

    /// <summary>A driver's buffers come and go while others allocate pages; and some pages are forgotten.</summary>
    public static Figures Leak(Subject subject, int seed, int operations)
    {
        Random random = new(seed);
        Player player = new(subject);
        Queue<UntypedBlock> pages = [];
        Queue<UntypedBlock> buffers = [];
        for (int operation = 0; operation < operations; operation++)
        {
            if (random.Next(20) == 0 && player.Allocate(16) is { } buffer) buffers.Enqueue(buffer);
            if (buffers.Count > 16) player.Free(buffers.Dequeue());
            if (player.Allocate(12) is { } page && random.Next(100) != 0) pages.Enqueue(page);
            if (pages.Count > 500) player.Free(pages.Dequeue());
        }

        return player.Finish();
    }

    private static int MixedSize(Random random) => random.Next(100) switch
    {
        < 60 => 12,
        < 70 => 11,
        < 78 => 4,
        < 85 => 5,
        < 97 => random.Next(9, 15),
        < 99 => 16,
        _ => random.Next(16) == 0 ? 21 : 13,
    };

    private static void FreeOne(Player player, Random random, List<UntypedBlock> blocks)
    {
        if (blocks.Count == 0) return;
        int index = random.Next(blocks.Count);
        player.Free(blocks[index]);
        blocks[index] = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
    }

    private static void EndOwner(Player player, List<UntypedBlock> blocks)
    {
        foreach (UntypedBlock block in blocks) player.Free(block);
        blocks.Clear();
    }
}
