// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;
using Sel4.Abi;

namespace Sel4;

/// <summary>What the one who started this program told it.</summary>
public static unsafe class ProcessEnvironment
{
    /// <summary>The magic word of clients that were told none (RPC:T10).</summary>
    public const ulong DefaultRpcMagic = 0xcafed00d;

    private static InitialStack s_stack;
    private static ulong s_bootInfo;

    /// <summary>Whether the kernel started the program, and not another program.</summary>
    public static bool IsRootTask => s_bootInfo != 0;

    /// <summary>The stack that a child was started with; null for a root task.</summary>
    public static InitialStack Stack => s_stack;

    /// <summary>BootInfo of a root task, extra chunks included; empty for a child.</summary>
    public static BootInfo BootInfo
    {
        get
        {
            if (s_bootInfo == 0)
            {
                return default;
            }

            // SAFETY: the kernel maps the page of BootInfo and, right behind it, as many bytes as its first word says.
            ulong extraLength = *(ulong*)(s_bootInfo + BootInfoLayout.ExtraLength);
            return new BootInfo(new ReadOnlySpan<byte>((void*)s_bootInfo, (int)(BootInfoLayout.ExtraOffset + extraLength)));
        }
    }

    /// <summary>The endpoint for RPC; null when the program has none.</summary>
    public static Cap<Endpoint> RpcEndpoint => new(s_stack.Auxiliary(AuxiliaryType.RpcEndpoint));

    /// <summary>The first word of every RPC request.</summary>
    public static ulong RpcMagic => s_stack.Auxiliary(AuxiliaryType.RpcMagic, DefaultRpcMagic);

    /// <summary>Version of the RPC protocol and what the server offers; 0 when it did not say.</summary>
    public static ulong RpcFeatures => s_stack.Auxiliary(AuxiliaryType.RpcFeatures);

    /// <summary>Slots that granted capabilities may go to.</summary>
    public static SlotRegion GrantWindow =>
        new(s_stack.Auxiliary(AuxiliaryType.GrantWindowStart), s_stack.Auxiliary(AuxiliaryType.GrantWindowEnd));

    /// <summary>The endpoint for exit and log messages; null when the program has none.</summary>
    public static Cap<Endpoint> ExitEndpoint => new(s_stack.Auxiliary(AuxiliaryType.ExitEndpoint));

    /// <summary>Seed for everything that is random on purpose.</summary>
    public static ulong Seed => s_stack.Auxiliary(AuxiliaryType.Seed);

    /// <summary>Address of the start-up page; 0 when there is none.</summary>
    public static ulong StartupPage => s_stack.Auxiliary(AuxiliaryType.StartupPage);

    /// <summary>The program's own CNode: a root for slots of its CSpace.</summary>
    public static Cap<CNode> CNode => IsRootTask
        ? InitialThread.CNode
        : new Cap<CNode>(s_stack.Auxiliary(AuxiliaryType.CNode, ChildSlot.CNode));

    /// <summary>The program's own thread; null when it was given none.</summary>
    public static Cap<Tcb> Tcb => IsRootTask ? InitialThread.Tcb : new Cap<Tcb>(s_stack.Auxiliary(AuxiliaryType.Tcb));

    /// <summary>The program's own address space; null when it was given none.</summary>
    public static Cap<Pml4> VSpace => IsRootTask ? InitialThread.VSpace : new Cap<Pml4>(s_stack.Auxiliary(AuxiliaryType.VSpace));

    /// <summary>An auxiliary entry; <paramref name="missing"/> when there is none.</summary>
    public static ulong Auxiliary(AuxiliaryType type, ulong missing = 0) => s_stack.Auxiliary(type, missing);

    /// <summary>The arguments. A root task has one, as upstream's (RT:S4).</summary>
    public static string[] GetArguments()
    {
        if (s_stack.IsNull)
        {
            return ["rootserver"];
        }

        string[] arguments = new string[s_stack.ArgumentCount];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Encoding.UTF8.GetString(s_stack.Argument(i));
        }

        return arguments;
    }

    /// <summary>The value of an environment variable; null when there is none. A root task has seL4=1 (RT:S4).</summary>
    public static string? GetVariable(ReadOnlySpan<byte> name)
    {
        if (s_stack.IsNull)
        {
            return ValueOf("seL4=1"u8, name);
        }

        for (int i = 0; i < s_stack.VariableCount; i++)
        {
            string? value = ValueOf(s_stack.Variable(i), name);
            if (value != null)
            {
                return value;
            }
        }

        return null;
    }

    internal static void SetRoot(ulong bootInfo) => s_bootInfo = bootInfo;

    internal static void SetChild(InitialStack stack) => s_stack = stack;

    private static string? ValueOf(ReadOnlySpan<byte> variable, ReadOnlySpan<byte> name)
    {
        if (variable.Length <= name.Length || variable[name.Length] != (byte)'=')
        {
            return null;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (variable[i] != name[i])
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(variable.Slice(name.Length + 1));
    }
}
