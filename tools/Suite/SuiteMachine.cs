// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Suite;

/// <summary>How a boot of the driver came to its end.</summary>
public enum MachineEnd
{
    /// <summary>The driver's last record came (TD:H5).</summary>
    Ended,
    Panicked,

    /// <summary>A program asked the kernel to stop the machine, as any may in a debug build.</summary>
    Halted,
    Reset,
    QemuFailed,

    /// <summary>Nothing was heard for too long (TD:H1).</summary>
    Silent,

    /// <summary>It all took too long.</summary>
    TimedOut,
}

/// <summary>What a boot left behind.</summary>
/// <param name="Registers">What QEMU's monitor said of the processor when the machine had to be stopped (TD:H2).</param>
public sealed record MachineResult(MachineEnd End, TimeSpan Duration, string LastLine, string Registers, string QemuMessages);

/// <summary>Runs one boot of the driver in QEMU, and listens line by line.</summary>
/// <param name="Program">QEMU, or for tests of this class anything that prints.</param>
public sealed record SuiteMachine(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    private const string PanicPrefix = "KERNEL PANIC:";
    private const string HaltPrefix = "halted: ";
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(300);

    /// <summary>The socket of QEMU's monitor, in the folder; empty for none.</summary>
    public string Monitor { get; init; } = "";

    /// <summary>Longest time without a sign of life, and altogether.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Runs the machine until it ends. QEMU never outlives the call.</summary>
    /// <param name="onLine">Gets each line; true when it was the last that matters.</param>
    public async Task<MachineResult> RunAsync(Func<string, bool> onLine, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using Process process = ExternalProcess.Start(Program, Arguments, Folder);
        process.StandardInput.Close();
        Task<string> messages = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string registers = "";
        var heard = new Listener(onLine);
        MachineEnd end;
        try
        {
            end = await ListenAsync(process, heard, clock, cancel);
            if (end is MachineEnd.Silent or MachineEnd.TimedOut) registers = await AskAsync();
        }
        finally
        {
            ExternalProcess.Kill(process);
        }
        cancel.ThrowIfCancellationRequested();
        await process.WaitForExitAsync(CancellationToken.None);
        if (end == MachineEnd.Reset && process.ExitCode != 0) end = MachineEnd.QemuFailed;
        return new MachineResult(end, clock.Elapsed, heard.LastLine, registers, (await messages).Trim());
    }

    /// <summary>A reset is what the end of QEMU means until its exit code is known.</summary>
    private async Task<MachineEnd> ListenAsync(Process process, Listener heard, Stopwatch clock, CancellationToken cancel)
    {
        byte[] buffer = new byte[16384];
        Stream serial = process.StandardOutput.BaseStream;
        while (true)
        {
            TimeSpan left = Limit - clock.Elapsed;
            if (left <= TimeSpan.Zero) return MachineEnd.TimedOut;
            TimeSpan patience = heard.LastWords is not null ? s_lastWords : left < Silence ? left : Silence;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            waiting.CancelAfter(patience);
            int count;
            try
            {
                count = await serial.ReadAsync(buffer, waiting.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return heard.LastWords ?? (clock.Elapsed >= Limit ? MachineEnd.TimedOut : MachineEnd.Silent);
            }
            if (count == 0)
            {
                heard.Flush();
                await process.WaitForExitAsync(cancel);
                return heard.LastWords ?? MachineEnd.Reset;
            }
            if (heard.Take(buffer.AsSpan(0, count))) return MachineEnd.Ended;
        }
    }

    private async Task<string> AskAsync()
    {
        if (Monitor.Length == 0) return "";
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Folder, Monitor)));
            await socket.SendAsync(Encoding.ASCII.GetBytes("info registers\n"));
            await Task.Delay(s_lastWords);
            byte[] buffer = new byte[64 * 1024];
            int count = await socket.ReceiveAsync(buffer);
            string said = Machine.Harmless(Encoding.UTF8.GetString(buffer, 0, count));
            int start = said.IndexOf("RAX=", StringComparison.Ordinal);
            return start < 0 ? said : said[start..];
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return $"the monitor could not be asked: {error.Message}";
        }
    }

    /// <summary>Makes lines of what arrives.</summary>
    private sealed class Listener(Func<string, bool> onLine)
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
        private readonly StringBuilder _line = new();

        /// <summary>How the machine ends, once the kernel has said so.</summary>
        internal MachineEnd? LastWords { get; private set; }
        internal string LastLine { get; private set; } = "";

        internal bool Take(ReadOnlySpan<byte> bytes)
        {
            char[] text = new char[bytes.Length + 1];
            int length = _decoder.GetChars(bytes, text, flush: false);
            foreach (char character in Machine.Harmless(text.AsSpan(0, length)))
            {
                if (character != '\n') _line.Append(character);
                else if (Flush()) return true;
            }
            return false;
        }

        internal bool Flush()
        {
            string line = _line.ToString();
            _line.Clear();
            if (line.StartsWith(PanicPrefix, StringComparison.Ordinal)) LastWords = MachineEnd.Panicked;
            if (line.StartsWith(HaltPrefix, StringComparison.Ordinal)) LastWords = MachineEnd.Halted;
            if (line.Length > 0 && !line.Contains(Sel4.Testing.RecordFrame.Marker, StringComparison.Ordinal)) LastLine = line;
            return onLine(line);
        }
    }
}
