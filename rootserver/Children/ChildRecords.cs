// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.RootServer;

/// <summary>Makes the records of all children of a description, once, at the start (design L5).</summary>
public static class ChildRecords
{
    private const int ChildChunkBits = 16;

    /// <summary>The records in the order of the description; null with a sentence when that cannot be done.</summary>
    public static Child[]? Make(SystemDescription description, OwnResources own, ResourcePolicies policies, out string problem)
    {
        Child[] children = new Child[description.Children.Count];
        problem = policies.AddOfSystem(description.Policies) ?? "";
        if (problem.Length != 0) return null;
        for (int made = 0; made < children.Length;)
        {
            // Parents before those that live under them.
            int index = NextToMake(description, children);
            if (index < 0)
            {
                problem = "a child has a parent that is not there";
                return null;
            }

            ChildDescription child = description.Children[index];
            PolicySet? set = policies.MakeSet(child.Policies, out string? defect);
            problem = defect ?? "";
            if (defect != null) return null;
            FaultInjector? injector = child.SweepSpawn ? new FaultInjector() : null;
            Arena arena = new(own.Memory, own.Space, ChildChunkBits) { Injector = injector };
            HardwareManifest hardware = new(child, description.Devices);
            children[index] = new Child(index, child, Find(children, child.Parent), arena, hardware, set) { Injector = injector };
            children[index].Session.OnQuotaExceeded = QuotaLimits.ActionOf(child.OnQuota);
            children[index].Session.Close();
            made++;
        }

        return children;
    }

    private static int NextToMake(SystemDescription description, Child[] children)
    {
        for (int index = 0; index < children.Length; index++)
        {
            string parent = description.Children[index].Parent;
            if (children[index] == null && (parent.Length == 0 || Find(children, parent) != null)) return index;
        }

        return -1;
    }

    private static Child? Find(Child[] children, string name)
    {
        foreach (Child child in children)
            if (child != null && name.Length > 0 && child.Name == name) return child;
        return null;
    }
}
