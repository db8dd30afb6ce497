// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Sel4.Tools.Build;

/// <summary>What a finished process left behind. Both streams are kept in one text, in order of arrival.</summary>
public readonly record struct ProcessResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Starts other programs with a time-out, and makes sure that none outlives this one.</summary>
public static class ExternalProcess
{
    private static readonly ConcurrentDictionary<Process, byte> s_running = new();

    /// <summary>Runs a program to its end.</summary>
    /// <remarks>
    /// The wait is for the process, not for the end of its output: a daemon that inherited the pipe must not hold us up.
    /// Errors: BuildException when the program cannot be started or runs longer than <paramref name="limit"/>.
    /// </remarks>
    public static async Task<ProcessResult> RunAsync(
        string file, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancel,
        Action<string>? onLine = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var output = new StringBuilder();
        void Take(string? line)
        {
            if (line is null) return;
            lock (output) output.AppendLine(line);
            onLine?.Invoke(line);
        }

        using Process process = Start(file, arguments, folder, environment);
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(limit);
        try
        {
            await WaitForExitAsync(process, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            cancel.ThrowIfCancellationRequested();
            throw new BuildException($"{Path.GetFileName(file)} did not finish within {limit.TotalSeconds:0} s\n{output}");
        }
        finally
        {
            s_running.TryRemove(process, out _);
        }
        lock (output) return new ProcessResult(process.ExitCode, output.ToString());
    }

    /// <summary>Starts a program with its three streams redirected; it is killed when this program is told to stop.</summary>
    public static Process Start(
        string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            process.Dispose();
            throw new BuildException($"cannot start {file}: {error.Message}", BuildException.Missing);
        }
        s_running.TryAdd(process, 0);
        return process;
    }

    /// <summary>Ends a process and what it started; does nothing when it has ended by itself.</summary>
    public static void Kill(Process process)
    {
        s_running.TryRemove(process, out _);
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended between the question and the signal.
        }
    }

    /// <summary>Ends everything that is still running. Called once, when this program is told to stop.</summary>
    public static void KillAll()
    {
        foreach (Process process in s_running.Keys) Kill(process);
    }

    // Process.WaitForExitAsync also waits for the end of both streams; give those a moment only.
    private static async Task WaitForExitAsync(Process process, CancellationToken cancel)
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult();
        if (process.HasExited) exited.TrySetResult();
        await exited.Task.WaitAsync(cancel);
        using var drain = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await process.WaitForExitAsync(drain.Token);
        }
        catch (OperationCanceledException)
        {
            // Somebody inherited the pipe and keeps it open: what the process itself wrote has arrived by now.
        }
    }
}
