// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.RootServer;

/// <summary>The operator's console on the serial line: reads commands, does them, prints tables (RT:§10).</summary>
/// <remarks>Never waits: bytes are taken when their interrupt comes. Nothing allocates once it is made.</remarks>
public sealed class Monitor : IEditorSink, IPrompt
{
    private readonly SerialPort _port;
    private readonly ISystemControl _system;
    private readonly MonitorReports _reports;
    private readonly GrantReports _grants;
    private readonly MonitorCommand[] _commands;
    private readonly LineEditor _editor;
    private int _unknown;
    private bool _isTyping;
    private bool _hasQuit;

    public Monitor(SerialPort port, ISystemControl system, MonitorReports reports, GrantReports grants)
    {
        _port = port;
        _system = system;
        _reports = reports;
        _grants = grants;
        _editor = new LineEditor("sel4> ", this);
        _commands =
        [
            new("ps", MonitorOperand.None, "the children: state, last end, memory", _ => _reports.Children()),
            new("mem", MonitorOperand.None, "memory and slots: free, in use, largest piece", _ => _reports.Memory()),
            new("caps", MonitorOperand.Child, "what lies in the capability slots of a child", child => _reports.Capabilities(child!)),
            new("grants", MonitorOperand.AnyChild, "what was granted to a child, or to all", child => _grants.Grants(child)),
            new("quota", MonitorOperand.Child, "limits of a child, what it uses, the most that it used", child => _grants.Quotas(child!)),
            new("why", MonitorOperand.AnyChild, "the last refusals, and what policies decided", child => _grants.Why(child)),
            new("trace", MonitorOperand.Switch, "a line for each request", _ => { }) { Set = isOn => _system.IsTracing = isOn },
            new("spawn", MonitorOperand.Child, "starts a child that does not run", child => Say(_system.Spawn(child!))),
            new("kill", MonitorOperand.Child, "ends a child and those under it", child => Say(_system.Kill(child!))),
            new("restart", MonitorOperand.Child, "ends a child and starts it again", child => Say(_system.Restart(child!))),
            new("quit", MonitorOperand.None, "ends all children and then the system", _ => Quit()),
            new("help", MonitorOperand.None, "this list", _ => Help()),
        ];
    }

    /// <summary>Says hello and shows the prompt.</summary>
    public void Start()
    {
        Log.Screen($"This is the operator's console; `help` lists its commands, Tab completes.");
        LogText.Prompt = this;
        _editor.Begin();
        _isTyping = true;
    }

    void IPrompt.Hide()
    {
        if (_isTyping) _editor.Hide();
    }

    void IPrompt.Show()
    {
        if (_isTyping) _editor.Show();
    }

    /// <summary>To be called for each signal of the serial line.</summary>
    public void OnSignal()
    {
        Drain();
        _port.Acknowledge();
        Drain();
    }

    void IEditorSink.Show(ReadOnlySpan<char> text) => Console.Write(text);

    string? IEditorSink.Candidate(ReadOnlySpan<char> line, int number)
    {
        Words words = new(line);
        ReadOnlySpan<char> command = words.Next();
        if (command.Length == 0) return number < _commands.Length ? _commands[number].Name : null;
        MonitorCommand? found = Find(command);
        if (found == null || words.Next().Length != 0 || found.Operand == MonitorOperand.None) return null;
        if (found.Operand == MonitorOperand.Switch) return number switch { 0 => "on", 1 => "off", _ => null };
        return number < _system.Children.Length ? _system.Children[number].Name : null;
    }

    private void Drain()
    {
        while (_port.TryRead(out byte key))
        {
            // Who has quit waits for the end; what is typed meanwhile is nobody's.
            if (_hasQuit || !_editor.Feed(key)) continue;
            _isTyping = false;
            Run(_editor.Line);
            if (_hasQuit) continue;
            _editor.Begin();
            _isTyping = true;
        }
    }

    private void Run(ReadOnlySpan<char> line)
    {
        Words words = new(line);
        ReadOnlySpan<char> name = words.Next();
        if (name.Length == 0) return;
        if (Find(name) is not { } command)
        {
            // The first time it is said how to go on; somebody who pastes text need not read it again and again.
            Log.Screen($"there is no such command{(_unknown++ == 0 ? "; `help` lists them" : "")}");
            return;
        }

        ReadOnlySpan<char> operand = words.Next();
        bool isTooMuch = words.Next().Length != 0 || (operand.Length != 0 && command.Operand == MonitorOperand.None);
        bool isTooLittle = operand.Length == 0 && command.Operand is MonitorOperand.Child or MonitorOperand.Switch;
        bool isOn = operand.SequenceEqual("on");
        bool isNoSwitch = command.Operand == MonitorOperand.Switch && !isOn && !operand.SequenceEqual("off");
        if (isTooMuch || isTooLittle || isNoSwitch)
        {
            Log.Screen($"{command.Name} takes {command.Wants}");
            return;
        }

        if (command.Set != null)
        {
            command.Set(isOn);
            return;
        }

        Child? child = FindChild(operand);
        if (operand.Length != 0 && child == null) Log.Screen($"there is no child of that name; `ps` lists them");
        else command.Run(child);
    }

    private MonitorCommand? Find(ReadOnlySpan<char> name)
    {
        foreach (MonitorCommand command in _commands)
            if (name.SequenceEqual(command.Name)) return command;
        return null;
    }

    private Child? FindChild(ReadOnlySpan<char> name)
    {
        foreach (Child child in _system.Children)
            if (name.SequenceEqual(child.Name)) return child;
        return null;
    }

    private void Quit()
    {
        LogText.Prompt = null;
        _hasQuit = true;
        _system.Quit();
    }

    private void Help()
    {
        foreach (MonitorCommand command in _commands)
        {
            string operand = command.Operand switch
            {
                MonitorOperand.None => "",
                MonitorOperand.Child => "CHILD",
                MonitorOperand.Switch => "on|off",
                _ => "[CHILD]",
            };
            Log.Screen($"  {command.Name,-8} {operand,-8} {command.Summary}");
        }
    }

    private static void Say(string? refusal)
    {
        if (refusal != null) Log.Screen($"{refusal}");
    }

    /// <summary>Words between blanks, one after the other.</summary>
    private ref struct Words(ReadOnlySpan<char> line)
    {
        private ReadOnlySpan<char> _rest = line;

        /// <summary>The next word; empty after the last.</summary>
        public ReadOnlySpan<char> Next()
        {
            int start = 0;
            while (start < _rest.Length && _rest[start] == ' ') start++;
            int end = start;
            while (end < _rest.Length && _rest[end] != ' ') end++;
            ReadOnlySpan<char> word = _rest.Slice(start, end - start);
            _rest = _rest.Slice(end);
            return word;
        }
    }
}
