// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;

namespace Sel4.Tools.Cli;

/// <summary>What every command needs: where it works, what the image is made of, and whom it talks to.</summary>
public sealed class Session
{
    // Suites that run side by side ask for these at the same time; two builders would run the same compiler twice at once.
    private readonly Lazy<Task<Toolchain>> _toolchain;
    private readonly Lazy<Task<ImageBuilder>> _builder;

    public Session(RepositoryLayout layout, Terminal terminal, Interrupts interrupts)
    {
        Layout = layout;
        Terminal = terminal;
        Interrupts = interrupts;
        Graph = new ImageGraph(layout);
        Systems = new DescriptionSource(layout, Graph);
        _toolchain = new(() => Toolchain.LocateAsync(Layout, Cancel));
        _builder = new(async () => new ImageBuilder(Layout, Graph, await ToolchainAsync(), new StepCache(Layout, Terminal)));
    }

    public RepositoryLayout Layout { get; }
    public Terminal Terminal { get; }
    public Interrupts Interrupts { get; }
    public CancellationToken Cancel => Interrupts.Token;
    public ImageGraph Graph { get; }

    /// <summary>Finds, joins and reads system descriptions.</summary>
    public DescriptionSource Systems { get; }

    public Task<Toolchain> ToolchainAsync() => _toolchain.Value;

    /// <summary>The builder of this command. A step runs once in its life, so commands that edit sources make a new session.</summary>
    public Task<ImageBuilder> BuilderAsync() => _builder.Value;

    public Task<BuildLock> LockAsync() => BuildLock.TakeAsync(Layout, Terminal.Note, Cancel);

    /// <summary>Fails with a suggestion when a name is not that of a sample.</summary>
    public void RequireSamples(IEnumerable<string> names)
    {
        foreach (string name in names.Where(name => !Graph.Samples.Contains(name)))
        {
            string? near = Suggestion.Nearest(name, Graph.Samples);
            string hint = near is null ? $"There are: {string.Join(", ", Graph.Samples)}." : $"Did you mean {near}?";
            throw new BuildException($"there is no sample '{name}'. {hint}", BuildException.Usage);
        }
    }
}
