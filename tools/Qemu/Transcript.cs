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
    private string? _runningName;
    private List<string> _runningOutput = [];

    /// <summary>Every line, in order.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The children that have been started, in order; one that repeats is there as often as it ran.</summary>
    public IReadOnlyList<ChildRun> Children =>
        _runningName is null ? _children : [.. _children, new ChildRun(_runningName, _runningOutput, null)];

    /// <summary>Text that no child was running for.</summary>
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
                CloseChild(null);
                _runningName = record["name"];
                _runningOutput = [];
                break;
            case SerialLineKind.Stop:
                // A child that could not be started has no start record.
                _runningName ??= record["name"];
                CloseChild(record);
                break;
            case SerialLineKind.End:
                CloseChild(null);
                End = record;
                break;
            case SerialLineKind.Panic:
                Panic = line;
                break;
            case SerialLineKind.Text:
                (_runningName is null ? _rootOutput : _runningOutput).Add(line);
                break;
            case SerialLineKind.Log:
                break;
            default:
                throw new InvalidOperationException($"line kind {record.Kind}");
        }
    }

    private void CloseChild(EndRecord? stop)
    {
        if (_runningName is not null) _children.Add(new ChildRun(_runningName, _runningOutput, stop));
        _runningName = null;
        _runningOutput = [];
    }
}
