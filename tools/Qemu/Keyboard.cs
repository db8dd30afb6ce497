// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Qemu;

/// <summary>Hands what the user types to a machine's serial line, key by key.</summary>
/// <remarks>On a terminal, lines are edited by the other side; how the terminal was is restored in the end.</remarks>
public sealed class Keyboard : IDisposable
{
    private readonly Stream _input;
    private readonly string? _before;

    /// <summary>Keys from anywhere, for tests.</summary>
    public Keyboard(Stream input) => _input = input;

    /// <summary>The user's keys.</summary>
    public Keyboard()
        : this(Console.OpenStandardInput())
    {
        if (Console.IsInputRedirected) return;
        _before = Stty("-g");
        // Ctrl-C still ends the tool; Ctrl-Z and such stay with the terminal as well.
        if (_before is not null) Stty("-icanon -echo min 1");
    }

    /// <summary>Starts to copy; ends with the other side or with the input.</summary>
    public void ConnectTo(Stream serial) => _ = CopyAsync(_input, serial);

    public void Dispose()
    {
        if (_before is not null) Stty(_before);
    }

    private static async Task CopyAsync(Stream input, Stream serial)
    {
        byte[] keys = new byte[64];
        try
        {
            while (true)
            {
                int count = await input.ReadAsync(keys);
                if (count == 0) break;
                await serial.WriteAsync(keys.AsMemory(0, count));
                await serial.FlushAsync();
            }
        }
        catch (IOException)
        {
            // The machine is off.
        }
    }

    /// <summary>Asks or sets the terminal; null when there is no such program.</summary>
    private static string? Stty(string arguments)
    {
        try
        {
            var start = new System.Diagnostics.ProcessStartInfo("stty", arguments) { RedirectStandardOutput = true };
            using var process = System.Diagnostics.Process.Start(start);
            string answer = process!.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
