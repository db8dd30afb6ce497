// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using System.Text;
using Sel4.Tools.Build;

namespace Sel4.Tools.Qemu;

/// <summary>How a boot came to its end.</summary>
public enum BootOutcome
{
    /// <summary>The end record came.</summary>
    Ended,

    /// <summary>The kernel printed its panic line.</summary>
    Panicked,

    /// <summary>The machine reset itself: a triple fault, or something asked for it.</summary>
    Reset,

    /// <summary>QEMU ended by itself for another reason.</summary>
    QemuFailed,

    /// <summary>Nothing decisive came in time.</summary>
    TimedOut,
}

/// <summary>What a boot left behind.</summary>
public sealed record BootResult(BootOutcome Outcome, Transcript Transcript, TimeSpan Duration, int QemuExitCode, string QemuMessages)
{
    /// <summary>True when the root task reached its end and found nothing wrong.</summary>
    public bool Succeeded => Outcome == BootOutcome.Ended && Transcript.End!["status"] == "0";

    /// <summary>One sentence that says how the boot ended.</summary>
    public string Reason => Outcome switch
    {
        BootOutcome.Ended => Succeeded ? "the root task ended well" : $"the root task ended with status {Transcript.End!["status"]}",
        BootOutcome.Panicked => $"the kernel stopped: {Transcript.Panic}",
        BootOutcome.Reset => "the machine reset itself (triple fault or reboot)" + AfterLastLine,
        BootOutcome.QemuFailed => $"QEMU ended with {QemuExitCode}: {QemuMessages.Trim()}",
        BootOutcome.TimedOut => $"the machine did not finish within {Duration.TotalSeconds:0} s" + AfterLastLine,
        _ => throw new InvalidOperationException($"outcome {Outcome}"),
    };

    private string AfterLastLine =>
        Transcript.Lines.LastOrDefault(line => line.Length > 0) is { } last ? $"; its last line was: {last}" : "; it printed nothing";
}

/// <summary>A machine to boot. Both files of the image lie in one folder.</summary>
/// <param name="CountInstructions">Makes the TSC advance by one for each guest instruction, for repeatable figures.</param>
/// <param name="DebugPort">Where the machine waits for gdb before its first instruction; null to start at once.</param>
public sealed record MachineOptions(BootImage Image, bool CountInstructions = false, int? DebugPort = null)
{
    /// <summary>QEMU's name of the processor.</summary>
    public string Cpu { get; init; } = "max";

    /// <summary>QEMU's name of the machine, with options.</summary>
    public string Machine { get; init; } = "pc";

    /// <summary>False to start the kernel without a root task, which it has to complain about.</summary>
    public bool HasRootTask { get; init; } = true;

    /// <summary>Gets what the user types: the serial line has an operator's console; null closes the machine's input.</summary>
    public Keyboard? Keyboard { get; init; }

    /// <summary>Gets the output as it comes, besides whoever shows it.</summary>
    public Action<string>? OnText { get; init; }

    /// <summary>Options for the kernel; none when empty.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>A socket for QEMU's monitor, in the folder of the image; none when empty.</summary>
    public string Monitor { get; init; } = "";

    public const string Program = "qemu-system-x86_64";

    /// <summary>Written to by a kernel that wants to leave QEMU; the exit code is then odd.</summary>
    private const string DebugExit = "isa-debug-exit,iobase=0xf4,iosize=0x04";

    public IReadOnlyList<string> Arguments() =>
    [
        "-machine", Machine, "-cpu", Cpu, "-m", "512",
        "-display", "none", "-serial", "stdio", "-no-reboot", "-net", "none",
        "-monitor", Monitor.Length == 0 ? "none" : $"unix:{Monitor},server=on,wait=off",
        "-device", DebugExit,
        // The timer can send its interrupt as a message, as on real chipsets, and so needs no pin that a child might want.
        "-global", "hpet.msi=on",
        .. CountInstructions ? (string[])["-icount", "shift=0,sleep=off", "-rtc", "clock=vm"] : [],
        .. DebugPort is null ? [] : (string[])["-gdb", $"tcp:127.0.0.1:{DebugPort}", "-S"],
        .. CommandLine.Length == 0 ? [] : (string[])["-append", CommandLine],
        "-kernel", Path.GetFileName(Image.Kernel),
        .. HasRootTask ? (string[])["-initrd", Path.GetFileName(Image.RootServer)] : [],
    ];

    /// <summary>Where QEMU must be started: it would take a blank or a comma in the module's path for a separator.</summary>
    public string Folder => Path.GetDirectoryName(Image.Kernel)!;
}

/// <summary>Boots an image in QEMU and listens to its serial port until the end record, a failure or the time-out.</summary>
public static class Machine
{
    /// <summary>After its panic line the kernel prints registers; then it is silent for good.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs one boot. QEMU never outlives the call.</summary>
    /// <param name="limit">From start to end record.</param>
    /// <param name="onText">Gets the output as it comes, in pieces that need not be lines; control characters are already harmless.</param>
    public static Task<BootResult> RunAsync(
        MachineOptions options, TimeSpan limit, Action<string>? onText, CancellationToken cancel) =>
        RunAsync(MachineOptions.Program, options.Arguments(), options.Folder, limit, onText + options.OnText, cancel, options.Keyboard);

    /// <summary>The same with any program in the place of QEMU, for tests.</summary>
    public static async Task<BootResult> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, TimeSpan limit, Action<string>? onText, CancellationToken cancel,
        Keyboard? keyboard = null)
    {
        var clock = Stopwatch.StartNew();
        var transcript = new Transcript();
        using Process process = ExternalProcess.Start(program, arguments, folder);
        if (keyboard is null) process.StandardInput.Close();
        else keyboard.ConnectTo(process.StandardInput.BaseStream);
        Task<string> messages = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(limit);
        bool timedOut = false;
        try
        {
            await ListenAsync(process, transcript, onText, keyboard is not null, deadline.Token);
            if (!transcript.IsOver) await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            timedOut = true;
        }
        finally
        {
            ExternalProcess.Kill(process);
        }
        cancel.ThrowIfCancellationRequested();
        await process.WaitForExitAsync(CancellationToken.None);
        BootOutcome outcome = transcript switch
        {
            { Panic: not null } => BootOutcome.Panicked,
            { End: not null } => BootOutcome.Ended,
            _ when timedOut => BootOutcome.TimedOut,
            // With -no-reboot QEMU leaves with 0 when the guest resets; the exit device gives odd codes only.
            _ => process.ExitCode == 0 ? BootOutcome.Reset : BootOutcome.QemuFailed,
        };
        return new BootResult(outcome, transcript, clock.Elapsed, process.ExitCode, await messages);
    }

    private static async Task ListenAsync(
        Process process, Transcript transcript, Action<string>? onText, bool hasConsole, CancellationToken cancel)
    {
        byte[] buffer = new byte[4096];
        var line = new StringBuilder();
        Stream serial = process.StandardOutput.BaseStream;
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] text = new char[buffer.Length + 1];
        while (transcript.End is null)
        {
            int count = await ReadAsync(serial, buffer, transcript.Panic is null ? Timeout.InfiniteTimeSpan : s_lastWords, cancel);
            if (count == 0) break;
            int length = decoder.GetChars(buffer, 0, count, text, 0);
            string shown = Harmless(text.AsSpan(0, length), hasConsole);
            onText?.Invoke(shown);
            foreach (char character in shown)
            {
                if (character != '\n')
                {
                    line.Append(character);
                    continue;
                }
                transcript.Add(LastOverprint(line.ToString()));
                line.Clear();
            }
        }
        if (line.Length > 0) transcript.Add(LastOverprint(line.ToString()));
    }

    // Gives 0 at the end of the output, or when nothing comes for so long.
    private static async Task<int> ReadAsync(Stream serial, byte[] buffer, TimeSpan patience, CancellationToken cancel)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        waiting.CancelAfter(patience);
        try
        {
            return await serial.ReadAsync(buffer, waiting.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>What a line shows in the end: a console writes over its prompt.</summary>
    private static string LastOverprint(string line) => line[(line.LastIndexOf('\r') + 1)..];

    /// <summary>Makes output safe to show: carriage returns go, other control characters become visible.</summary>
    /// <param name="hasConsole">Lets carriage returns and backspaces through, which is all that a console needs.</param>
    public static string Harmless(ReadOnlySpan<char> text, bool hasConsole = false)
    {
        var result = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character == '\r' && !hasConsole) continue;
            bool isFine = character is '\n' or '\t' || (hasConsole && character is '\r' or '\b');
            if (char.IsControl(character) && !isFine) result.Append($"\\x{(int)character:x2}");
            else result.Append(character);
        }
        return result.ToString();
    }
}
