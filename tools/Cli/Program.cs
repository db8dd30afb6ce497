// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var layout = RepositoryLayout.Find();
        var graph = new ImageGraph(layout);
        var t = await Toolchain.LocateAsync(layout, default);
        using var l = await BuildLock.TakeAsync(layout, Console.Error.WriteLine, default);
        var b = new ImageBuilder(layout, graph, t, new StepCache(layout, new Obs()));
        try {
        foreach (var a in graph.Assemblies.Where(graph.IsPresent)) await b.BuildAssemblyAsync(a, default);
        foreach (var p in graph.Programs.Where(graph.IsPresent)) await b.BuildProgramAsync(p, default);
        } catch (BuildException e) { Console.WriteLine(e.Message); return 1; }
        return 0;
    }
    private sealed class Obs : IBuildObserver {
    public void StepStarted(string name) => Console.WriteLine("start " + name);
    public void StepFinished(string name) => Console.WriteLine("done " + name);
    public void StepSkipped(string name) => Console.WriteLine("same " + name);
    }
}
