// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;
using Sel4.Abi;
using Sel4.RootServer;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>Looks into a process that was stopped: registers, the words on its stack, what it was doing. TD:P1, TD:§9.</summary>
internal sealed class ChildInspector
{
    private const int StackWords = 16;
    private static readonly string[] s_names =
    [
        "rip", "rsp", "flags", "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
        "fs", "gs",
    ];

    private readonly ScratchWindow _scratch;
    private readonly string[] _names;
    private readonly ulong[] _registers = new ulong[AbiConstants.UserRegisterCount];

    public ChildInspector(ScratchWindow scratch)
    {
        _scratch = scratch;
        // Static arrays are made at their first use, which must not be while a test runs.
        _names = s_names;
    }

    /// <summary>Adds what a fault message says, then registers and stack. The message is still in the IPC buffer.</summary>
    public void DescribeFault(TestChild child, MessageInfo info, RecordText details)
    {
        ulong ip = IpcBuffer.Current[(FaultLabel)info.Label == FaultLabel.UnknownSyscall ? FaultMessage.UnknownSyscallIp : 0];
        FaultReport.Describe("it", ChildPlaces.StackBottom, info);
        details.Add("fault", LogText.Line);
        details.Key("ip");
        details.MoreHex(ip);
        details.EndLine();
        DescribeThread(child, ip, details);
    }

    /// <summary>Stops a test that takes too long, and adds where its first thread stands.</summary>
    public void DescribeStandstill(TestChild child, RecordText details)
    {
        new Cap<Tcb>(child.Tcb).Suspend();
        if (!new Cap<Tcb>(child.Tcb).ReadRegisters(_registers).IsOk) return;
        details.Key("ip");
        details.MoreHex(_registers[(int)UserRegister.Rip]);
        details.EndLine();
        DescribeThread(child, _registers[(int)UserRegister.Rip], details);
        DescribeBuffer(child, details);
    }

    /// <summary>The bytes of a trace that the test has kept in its start-up page.</summary>
    public void DescribeTrace(TestChild child, int offset, int bytes, RecordText details)
    {
        if (!TryOpen(child, child.StartupFrame, out Span<byte> page)) return;
        details.Key("trace");
        for (int index = 0; index < bytes; index++)
        {
            if (page[offset + index] < 16) details.More("0");
            details.MoreHex(page[offset + index]);
        }

        details.EndLine();
        Close(child);
    }

    private void DescribeThread(TestChild child, ulong ip, RecordText details)
    {
        if (!new Cap<Tcb>(child.Tcb).ReadRegisters(_registers).IsOk) return;
        if (_registers[(int)UserRegister.Rip] != ip) details.Add("note", "another thread than the first; these are the first one's");
        details.Key("registers");
        for (int index = 0; index < _names.Length; index++)
        {
            details.More(_names[index]);
            details.More("=");
            details.MoreHex(_registers[index]);
            details.More(" ");
        }

        details.EndLine();
        DescribeStack(child, _registers[(int)UserRegister.Rsp], details);
    }

    private void DescribeStack(TestChild child, ulong sp, RecordText details)
    {
        ulong page = (sp - ChildPlaces.StackBottom) / 4096;
        if (sp < ChildPlaces.StackBottom || page >= ChildPlaces.StackPages || (sp & 7) != 0) return;
        if (!TryOpen(child, child.StackFrames + (uint)page, out Span<byte> bytes)) return;
        details.Key("stack");
        int offset = (int)(sp & 4095);
        for (int word = 0; word < StackWords && offset < 4096; word++, offset += 8)
        {
            details.MoreHex(MemoryMarshal.Read<ulong>(bytes.Slice(offset)));
            details.More(" ");
        }

        details.EndLine();
        Close(child);
    }

    /// <summary>The head of the IPC buffer: what the thread was about to say, or has heard last.</summary>
    private void DescribeBuffer(TestChild child, RecordText details)
    {
        if (!TryOpen(child, child.IpcBuffer, out Span<byte> bytes)) return;
        details.Key("buffer");
        for (int word = 0; word < 5; word++)
        {
            details.MoreHex(MemoryMarshal.Read<ulong>(bytes.Slice(word * 8)));
            details.More(" ");
        }

        details.EndLine();
        Close(child);
    }

    /// <summary>Maps a page of the test here as well; a capability is mapped once, so a copy is used.</summary>
    private bool TryOpen(TestChild child, uint frame, out Span<byte> bytes)
    {
        bytes = default;
        if (frame == 0) return false;
        SlotPath spare = InitialThread.Slot(child.Spare);
        if (!spare.CopyFrom(InitialThread.Slot(frame)).IsOk) return false;
        if (_scratch.Open(child.Spare, out bytes).IsOk) return true;
        spare.Delete();
        return false;
    }

    private void Close(TestChild child)
    {
        _scratch.Close(child.Spare);
        InitialThread.Slot(child.Spare).Delete();
    }
}
