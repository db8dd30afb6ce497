// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Finds memory for the root task's image and objects, and what is left over (boot sheet §2.4, §8).</summary>
/// <remarks>
/// The objects come from the top of the last region of RAM. The image goes into the lowest place where it fits beside the
/// file that it is loaded from; once loaded, the file's memory is free like any other.
/// </remarks>
public static class BootPlacement
{
    /// <summary>Device untypeds reach up to here (boot sheet §8.1).</summary>
    public const ulong PhysicalLimit = 1ul << 47;

    /// <summary>A hole in the interrupt window that the real kernel keeps too (boot sheet §8.3).</summary>
    private const ulong HoleStart = 0xffff_fff8;
    private const ulong HoleEnd = 0x1_0000_0000;

    private const ulong PageBytes = 1ul << AbiConstants.PageBits;
    private const ulong CNodeBytes = 1ul << (AbiConstants.RootCNodeRadix + AbiConstants.SlotSizeBits);

    /// <summary>Pages beside CNode, extra BootInfo and tables: VSpace root, ASID pool, IPC buffer, BootInfo, the two threads.</summary>
    private const ulong SinglePages = 5;

    /// <summary>Chooses all addresses; <see cref="RootTaskPlan.Image"/>, table count and extra pages are known.</summary>
    public static BootFailure Place(ref BootDescription description, ulong window)
    {
        if (!ListFree(ref description)) return BootFailure.TooManyRegions;
        ref PhysicalRegion module = ref description.Module;
        if (!description.Free.Remove(module.Start, module.End)) return BootFailure.TooManyRegions;

        ref RootTaskPlan plan = ref description.Plan;
        ulong objectBytes = CNodeBytes + ((SinglePages + plan.ExtraPages + plan.TableCount) * PageBytes);
        plan.ObjectBytes = objectBytes;
        ulong objects = TakeFromTop(ref description.Free, objectBytes);
        if (objects == 0) return BootFailure.NoMemoryForRootTask;
        ulong image = TakeFirstFit(ref description.Free, plan.Image.End - plan.Image.Start);
        if (image == 0) return BootFailure.NoMemoryForImage;

        plan.ImageAddress = window + image;
        SetObjects(ref plan, window + objects);
        return ListLeftovers(ref description, objects, objects + objectBytes, image) ? BootFailure.None : BootFailure.TooManyRegions;
    }

    private static void SetObjects(ref RootTaskPlan plan, ulong address)
    {
        // One statement between two stores to neighbouring fields is enough to keep them integer stores.
        plan.CNode = address;
        address += CNodeBytes;
        plan.VSpace = address;
        address += PageBytes;
        plan.AsidPool = address;
        address += PageBytes;
        plan.IpcBuffer = address;
        address += PageBytes;
        plan.BootInfo = address;
        address += PageBytes;
        plan.ExtraBootInfo = address;
        address += plan.ExtraPages * PageBytes;
        plan.Threads = address;
        address += PageBytes;
        plan.NextTable = address;
    }

    /// <summary>RAM without what is reserved.</summary>
    private static bool ListFree(ref BootDescription description)
    {
        description.Free.Clear();
        for (int index = 0; index < description.Ram.Count; index++)
        {
            if (!description.Free.Add(description.Ram.StartOf(index), description.Ram.EndOf(index))) return false;
        }
        return RemoveReserved(ref description.Free, ref description.Reserved);
    }

    private static bool RemoveReserved(ref RegionList list, ref RegionList reserved)
    {
        for (int index = 0; index < reserved.Count; index++)
        {
            if (!list.Remove(reserved.StartOf(index), reserved.EndOf(index))) return false;
        }
        return true;
    }

    /// <summary>The top of the last region that is large enough; zero when none is.</summary>
    private static ulong TakeFromTop(ref RegionList list, ulong bytes)
    {
        for (int index = list.Count - 1; index >= 0; index--)
        {
            ulong end = list.EndOf(index) & ~(PageBytes - 1);
            if (end < bytes || end - bytes < list.StartOf(index)) continue;
            return list.Remove(end - bytes, end) ? end - bytes : 0;
        }
        return 0;
    }

    /// <summary>The lowest place that is large enough; zero when there is none.</summary>
    private static ulong TakeFirstFit(ref RegionList list, ulong bytes)
    {
        for (int index = 0; index < list.Count; index++)
        {
            ulong start = (list.StartOf(index) + PageBytes - 1) & ~(PageBytes - 1);
            if (start >= list.EndOf(index) || bytes > list.EndOf(index) - start) continue;
            return list.Remove(start, start + bytes) ? start : 0;
        }
        return 0;
    }

    /// <summary>What untypeds are to be made of, now that the file is no longer kept: free RAM, and device addresses.</summary>
    private static bool ListLeftovers(ref BootDescription description, ulong objects, ulong objectsEnd, ulong image)
    {
        ulong imageEnd = image + description.Plan.Image.End - description.Plan.Image.Start;
        if (!ListFree(ref description) || !description.Free.Remove(objects, objectsEnd) || !description.Free.Remove(image, imageEnd))
            return false;
        description.Devices.Clear();
        if (!description.Devices.Add(0, PhysicalLimit) || !description.Devices.Remove(HoleStart, HoleEnd)) return false;
        return RemoveReserved(ref description.Devices, ref description.Ram)
            && RemoveReserved(ref description.Devices, ref description.Reserved);
    }
}
