// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Concurrent;

namespace Sel4.Tools.Build;

/// <summary>One unit of work of the image build: what goes in, what comes out, and the command between.</summary>
/// <param name="Name">Unique; also names the note beside the outputs.</param>
/// <param name="Inputs">Absolute paths whose content decides.</param>
/// <param name="Arguments">Everything else that decides: the command line, tool versions.</param>
/// <param name="Outputs">Absolute paths.</param>
public sealed record BuildStep(
    string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Arguments, IReadOnlyList<string> Outputs)
{
    public required Func<CancellationToken, Task> Run { get; init; }
}

/// <summary>Runs a step unless its outputs were made from the same content by the same command.</summary>
/// <remarks>
/// A note beside the outputs holds the key of the last success. It is removed before the command starts, so a build that
/// is killed half-way leaves no note and the step runs again.
/// </remarks>
public sealed class StepCache(RepositoryLayout layout, IBuildObserver observer)
{
    // More compilers at once than processors only make each other slower.
    private readonly SemaphoreSlim _slots = new(Math.Max(1, Environment.ProcessorCount));
    private readonly ConcurrentDictionary<string, Lazy<Task>> _steps = new();

    // The dictionary may call its factory twice when two ask at once; only the value that it keeps must start anything, or two
    // compilers would write the same file.
    public Task RunAsync(BuildStep step, CancellationToken cancel) =>
        _steps.GetOrAdd(step.Name, _ => new Lazy<Task>(() => RunOnceAsync(step, cancel))).Value;

    private async Task RunOnceAsync(BuildStep step, CancellationToken cancel)
    {
        await Task.Yield();
        string note = Path.Combine(layout.Objects, "keys", step.Name + ".key");
        string key = KeyOf(step);
        if (step.Outputs.All(File.Exists) && File.Exists(note) && await File.ReadAllTextAsync(note, cancel) == key)
        {
            observer.StepSkipped(step.Name);
            return;
        }
        await _slots.WaitAsync(cancel);
        try
        {
            observer.StepStarted(step.Name);
            if (File.Exists(note)) File.Delete(note);
            foreach (string output in step.Outputs) Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            await step.Run(cancel);
            foreach (string output in step.Outputs)
            {
                if (!File.Exists(output))
                {
                    throw new BuildException($"{step.Name}: the command succeeded but left no {layout.Relative(output)}");
                }
            }
            AtomicFile.WriteText(note, key);
            observer.StepFinished(step.Name);
        }
        finally
        {
            _slots.Release();
        }
    }

    // Paths enter relative to the top folder, so that a moved working copy stays built.
    private string KeyOf(BuildStep step)
    {
        IEnumerable<string> inputs = step.Inputs.SelectMany(input => new[] { layout.Relative(input), ContentHash.OfFile(input) });
        return ContentHash.OfText([.. step.Arguments.Select(argument => argument.Replace(layout.Root, ".")), "--", .. inputs]);
    }
}

/// <summary>Is told what the build does, to show it.</summary>
public interface IBuildObserver
{
    void StepStarted(string name);
    void StepFinished(string name);
    void StepSkipped(string name);
}
