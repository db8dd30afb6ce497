// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Qemu;

/// <summary>What one child did during a boot.</summary>
/// <param name="Output">Its lines, without log lines.</param>
/// <param name="Stop">How it ended; null when the boot ended first.</param>
public sealed record ChildRun(string Name, IReadOnlyList<string> Output, EndRecord? Stop);

/// <summary>Follows the serial output of one boot line by line and sorts it by child.</summary>
public sealed class Transcript
{
    private readonly List<string> _lines = [];
    private readonly List<ChildRun> _children = [];
    private readonly List<string> _rootOutput = [];
    private readonly List<(string Name, List<string> Output)> _running = [];

    /// <summary>Every line, in order.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The children that have run, in the order of their ends, then those that still run; one that repeats is there as
    /// often as it ran.</summary>
    public IReadOnlyList<ChildRun> Children => [.. _children, .. _running.Select(child => new ChildRun(child.Name, child.Output, null))];

    /// <summary>Text while no child ran, or several: then nobody can say whose it is.</summary>
    public IReadOnlyList<string> RootOutput => _rootOutput;

    /// <summary>The end record, once it has come.</summary>
    public EndRecord? End { get; private set; }

    /// <summary>The panic line of the kernel, once it has come.</summary>
    public string? Panic { get; private set; }

    /// <summary>True when nothing more is to be expected.</summary>
    public bool IsOver => End is not null || Panic is not null;

    public void Add(string line)
    {
        _lines.Add(line);
        EndRecord record = EndRecord.Parse(line);
        switch (record.Kind)
        {
            case SerialLineKind.Start:
                _running.Add((record["name"], []));
                break;
            case SerialLineKind.Stop:
                CloseChild(record);
                break;
            case SerialLineKind.End:
                End = record;
                break;
            case SerialLineKind.Panic:
                Panic = line;
                break;
            case SerialLineKind.Text:
                (_running.Count == 1 ? _running[0].Output : _rootOutput).Add(line);
                break;
            case SerialLineKind.Log:
                break;
            default:
                throw new InvalidOperationException($"line kind {record.Kind}");
        }
    }

    private void CloseChild(EndRecord stop)
    {
        string name = stop["name"];
        int index = _running.FindIndex(child => child.Name == name);
        // A child that could not be started has no start record.
        _children.Add(new ChildRun(name, index < 0 ? [] : _running[index].Output, stop));
        if (index >= 0) _running.RemoveAt(index);
    }
}
