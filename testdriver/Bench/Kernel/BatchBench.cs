// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>Many things at once: objects made in one Retype, copies taken back by one Revoke, memory cleared by a reset.</summary>
internal static class BatchBench
{
    private const int ManyFrames = 256;
    private const int ManyCopies = 1000;
    private const int PageBits = 12;
    private const int LargeBits = 23;
    private const int LargePages = 1 << (LargeBits - PageBits);
    private const int FewSamples = 20;

    public static void Run()
    {
        ulong slots = Workbench.Slots(LargePages);
        Cap<Untyped> pool = new(Workbench.Make(Workbench.Spare, ObjectType.Untyped, LargeBits));
        Cap<Untyped> small = new(Workbench.Make(Workbench.Spare, ObjectType.Untyped, PageBits));
        Retype("retype-frames-64", pool, slots, 64);
        Retype("retype-frames-256", pool, slots, ManyFrames);
        RevokeCopies(slots);
        Reset("reset-4-kib", small, slots, 1, Series.Samples);
        Reset("reset-8-mib", pool, slots, LargePages, FewSamples);
    }

    /// <summary>The first Retype after each Revoke clears what was used; it is made before, so that it is not in the figure.</summary>
    private static void Retype(string name, Cap<Untyped> pool, ulong slots, int count)
    {
        Series.Begin(FewSamples);
        while (Series.IsRunning)
        {
            Workbench.Check(InitialThread.Slot(pool.Value).Revoke(), "revoke");
            Workbench.Check(pool.Retype(ObjectType.Endpoint, 0, InitialThread.Slots(slots + (ulong)count)), "first object");
            ulong start = Clock.Now();
            Sel4Error error = pool.Retype(ObjectType.SmallPage, 0, InitialThread.Slots(slots), count);
            ulong end = Clock.Now();
            Workbench.Check(error, name);
            Series.Add(start, end);
        }

        Workbench.Check(InitialThread.Slot(pool.Value).Revoke(), "revoke");
        Series.Print(name);
    }

    /// <summary>An endpoint has 1,000 copies; one Revoke takes them all.</summary>
    private static void RevokeCopies(ulong slots)
    {
        SlotPath original = InitialThread.Slot(Workbench.Make(Workbench.Keep, ObjectType.Endpoint, 0).Value);
        Series.Begin(FewSamples);
        while (Series.IsRunning)
        {
            for (ulong index = 0; index < ManyCopies; index++)
                Workbench.Check(InitialThread.Slot(slots + index).CopyFrom(original), "copy");
            ulong start = Clock.Now();
            Sel4Error error = original.Revoke();
            ulong end = Clock.Now();
            Workbench.Check(error, "revoke");
            CapabilityTypeTag last = Syscall.DebugCapIdentify(new CapabilityPointer(slots + ManyCopies - 1));
            Workbench.Check(last == CapabilityTypeTag.Null, "a copy is left");
            Series.Add(start, end);
        }

        Series.Print("revoke-1000");
    }

    /// <summary>A Retype that has to clear <paramref name="pages"/> pages first, because so much was used before.</summary>
    private static void Reset(string name, Cap<Untyped> pool, ulong slots, int pages, int samples)
    {
        Series.Begin(samples);
        while (Series.IsRunning)
        {
            for (int made = 0; made < pages; made += ManyFrames)
            {
                int count = pages < ManyFrames ? pages : ManyFrames;
                Workbench.Check(pool.Retype(ObjectType.SmallPage, 0, InitialThread.Slots(slots + (ulong)made), count), "use");
            }

            Workbench.Check(InitialThread.Slot(pool.Value).Revoke(), "revoke");
            ulong start = Clock.Now();
            Sel4Error error = pool.Retype(ObjectType.SmallPage, 0, InitialThread.Slots(slots));
            ulong end = Clock.Now();
            Workbench.Check(error, name);
            Series.Add(start, end);
            Workbench.Check(InitialThread.Slot(slots).Delete(), "delete");
        }

        Series.Print(name);
    }
}
