// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Cli;

/// <summary>What every command needs: where it works, what the image is made of, and whom it talks to.</summary>
public sealed class Session(RepositoryLayout layout, Terminal terminal, Interrupts interrupts)
{
    private Toolchain? _toolchain;
    private ImageBuilder? _builder;

    public RepositoryLayout Layout { get; } = layout;
    public Terminal Terminal { get; } = terminal;
    public Interrupts Interrupts { get; } = interrupts;
    public CancellationToken Cancel => Interrupts.Token;
    public ImageGraph Graph { get; } = new(layout);

    public async Task<Toolchain> ToolchainAsync() => _toolchain ??= await Toolchain.LocateAsync(Layout, Cancel);

    /// <summary>The builder of this command. A step runs once in its life, so commands that edit sources make a new session.</summary>
    public async Task<ImageBuilder> BuilderAsync() =>
        _builder ??= new ImageBuilder(Layout, Graph, await ToolchainAsync(), new StepCache(Layout, Terminal));

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
