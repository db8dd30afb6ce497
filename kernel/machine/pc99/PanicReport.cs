// SPDX-License-Identifier: BSD-2-Clause

using Kernel.X64;

namespace Kernel.Pc99;

/// <summary>What is printed when the kernel itself is wrong: one line that starts with KERNEL PANIC, then the registers.</summary>
public static unsafe class PanicReport
{
    /// <summary>An exception that no user program caused. <paramref name="registers"/> is in the order of UserContext.</summary>
    public static void Trap(ulong* registers, ulong vector, ulong errorCode, ulong faultAddress)
    {
        Begin();
        if (vector == 2) TextOutput.Write("non-maskable interrupt");
        else if (vector == 8) TextOutput.Write("double fault");
        else if (vector == 18) TextOutput.Write("machine check");
        else TextOutput.Write("exception ");
        if (vector != 2 && vector != 8 && vector != 18) TextOutput.WriteDecimal(vector);
        TextOutput.Write(" at ");
        TextOutput.WriteHex(registers[UserContext.Rip]);
        TextOutput.Write(", error code ");
        TextOutput.WriteHex(errorCode);
        TextOutput.Write(", CR2 ");
        TextOutput.WriteHex(faultAddress);
        TextOutput.Write(", CR3 ");
        TextOutput.WriteHex(Instructions.ReadCr3());
        TextOutput.Write("\n");
        Row(registers, "rax", UserContext.Rax, "rbx", UserContext.Rbx, "rcx", UserContext.Rcx);
        Row(registers, "rdx", UserContext.Rdx, "rsi", UserContext.Rsi, "rdi", UserContext.Rdi);
        Row(registers, "rbp", UserContext.Rbp, "rsp", UserContext.Rsp, "r8 ", UserContext.R8);
        Row(registers, "r9 ", UserContext.R9, "r10", UserContext.R10, "r11", UserContext.R11);
        Row(registers, "r12", UserContext.R12, "r13", UserContext.R13, "r14", UserContext.R14);
        Row(registers, "r15", UserContext.R15, "cs ", UserContext.Cs, "flg", UserContext.Rflags);
    }

    /// <summary>A <c>Require.That</c> that does not hold.</summary>
    public static void Requirement(string text, int line)
    {
        Begin();
        TextOutput.Write("requirement (line ");
        TextOutput.WriteDecimal((ulong)line);
        TextOutput.Write("): ");
        TextOutput.Write(text);
        TextOutput.Write("\n");
    }

    /// <summary>A check of the compiler at <paramref name="address"/>.</summary>
    public static void Check(byte* message, nuint length, nuint address)
    {
        Begin();
        TextOutput.Write(message, length);
        TextOutput.Write(" At ");
        TextOutput.WriteHex(address);
        TextOutput.Write("\n");
    }

    /// <summary>The machine or the loader is not what the kernel needs.</summary>
    public static void Boot(string text)
    {
        Begin();
        TextOutput.Write(text);
        TextOutput.Write("\n");
    }

    private static void Begin()
    {
        TextOutput.BeginReport();
        TextOutput.Write("\nKERNEL PANIC: ");
    }

    private static void Row(ulong* registers, string first, int firstWord, string second, int secondWord, string third, int thirdWord)
    {
        Word(first, registers[firstWord]);
        Word(second, registers[secondWord]);
        Word(third, registers[thirdWord]);
        TextOutput.Write("\n");
    }

    private static void Word(string name, ulong value)
    {
        TextOutput.Write("  ");
        TextOutput.Write(name);
        TextOutput.Write(" ");
        TextOutput.WriteWord(value);
    }
}
