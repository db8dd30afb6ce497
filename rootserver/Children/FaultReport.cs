// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Says what a child did that made the kernel stop it (RT:F1).</summary>
public static class FaultReport
{
    private static readonly ulong[] s_registers = new ulong[AbiConstants.UserRegisterCount];

    /// <summary>Prints a sentence and the registers; call it before the message words are overwritten.</summary>
    public static void Print(Child child, MessageInfo message, StackReport stack)
    {
        Describe(child.Name, ChildLayout.StackTop - child.Description.StackBytes, message);
        Log.Line();
        PrintRegisters(child, stack);
    }

    /// <summary>Leaves a sentence about a fault message in <see cref="LogText.Line"/>; it allocates nothing.</summary>
    /// <param name="stackBottom">Below it lies a page that nothing is mapped at.</param>
    public static void Describe(string name, ulong stackBottom, MessageInfo message)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        switch ((FaultLabel)message.Label)
        {
            case FaultLabel.VmFault:
                DescribeVmFault(name, stackBottom, buffer[0], buffer[1], buffer[2] != 0, buffer[3]);
                break;
            case FaultLabel.UserException:
                string exception = ExceptionName(buffer[3]);
                LogText.Keep($"{name} was stopped: exception {buffer[3]}{exception} at 0x{buffer[0]:x}, error code 0x{buffer[4]:x}");
                break;
            case FaultLabel.UnknownSyscall:
                LogText.Keep($"{name} was stopped: unknown system call {(long)buffer[18]} at 0x{buffer[15]:x}");
                break;
            case FaultLabel.CapFault:
                string phase = buffer[2] != 0 ? "receiving" : "sending";
                LogText.Keep($"{name} was stopped: capability pointer 0x{buffer[1]:x} leads nowhere, {phase} at 0x{buffer[0]:x}");
                break;
            default:
                LogText.Keep($"{name} was stopped: fault {message.Label}");
                break;
        }
    }

    private static void DescribeVmFault(string name, ulong stackBottom, ulong instruction, ulong address, bool isFetch, ulong code)
    {
        string access = isFetch ? "execution of" : (code & 2) != 0 ? "write to" : "read from";
        string why = (code & 1) != 0 ? "that the mapping does not allow" : "where nothing is mapped";
        string hint = address < 4096 ? ": a null reference"
            : address >= stackBottom - 4096 && address < stackBottom ? ": a stack overflow" : "";
        LogText.Keep($"{name} was stopped: {access} 0x{address:x}, {why}{hint}, at 0x{instruction:x}");
    }

    private static void PrintRegisters(Child child, StackReport stack)
    {
        ulong[] r = s_registers;
        if (!new Cap<Tcb>(child.Tcb).ReadRegisters(r).IsOk) return;
        Log.Line($"  rip={r[0]:x} rsp={r[1]:x} flags={r[2]:x} rax={r[3]:x} rbx={r[4]:x} rcx={r[5]:x} rdx={r[6]:x}");
        Log.Line($"  rsi={r[7]:x} rdi={r[8]:x} rbp={r[9]:x} r8={r[10]:x} r9={r[11]:x} r10={r[12]:x} r11={r[13]:x}");
        Log.Line($"  r12={r[14]:x} r13={r[15]:x} r14={r[16]:x} r15={r[17]:x} fs={r[18]:x} gs={r[19]:x}");
        stack.Print(child, r[(int)UserRegister.Rsp], r[(int)UserRegister.Rbp]);
    }

    private static string ExceptionName(ulong number) => number switch
    {
        0 => " (division by zero)",
        1 => " (debug)",
        3 => " (breakpoint)",
        6 => " (invalid instruction)",
        7 => " (no FPU)",
        13 => " (general protection)",
        16 => " (x87 arithmetic)",
        17 => " (alignment)",
        19 => " (SSE arithmetic)",
        _ => "",
    };
}
