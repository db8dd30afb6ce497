// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.CompilerServices;
using Sel4;
using Sel4.Abi;

/// <summary>What a child finds when it looks around: RT:§4.</summary>
internal static class Inside
{
    private const ulong Slots = 4096;

    private const int WordsOfNothing = 4096;
    private static Nothing s_nothing;

    [InlineArray(WordsOfNothing)]
    private struct Nothing
    {
        private ulong _first;
    }

    /// <summary>Those before it are kept for what descriptions may give a child.</summary>
    private const ulong FirstGrantSlot = 64;

    /// <summary>Six capabilities at the places that the start-up page names, and nothing else (RT:C1, RT:C4).</summary>
    internal static bool EnvironmentIsAsPromised()
    {
        bool isRight = true;
        for (ulong slot = 0; slot < Slots; slot++)
        {
            CapabilityTypeTag expected = slot switch
            {
                ChildSlot.CNode => CapabilityTypeTag.CNode,
                ChildSlot.FaultHandler or ChildSlot.Service or ChildSlot.Exit => CapabilityTypeTag.Endpoint,
                ChildSlot.VSpace => CapabilityTypeTag.Pml4,
                ChildSlot.Tcb => CapabilityTypeTag.Tcb,
                _ => CapabilityTypeTag.Null,
            };
            CapabilityTypeTag found = Syscall.DebugCapIdentify(new CapabilityPointer(slot));
            if (found == expected) continue;
            Console.WriteLine($"slot {slot} has a capability of type {(int)found}, not {(int)expected}");
            isRight = false;
        }

        // RT:C2: a slot number is an address of 64 bits; one bit above the CNode's leads nowhere.
        ulong beyond = (ulong)Syscall.DebugCapIdentify(new CapabilityPointer(Slots + ChildSlot.CNode));
        SlotRegion window = ProcessEnvironment.GrantWindow;
        return isRight
            & Is("the type of what a bit above the CNode's leads to", beyond, (ulong)CapabilityTypeTag.Null)
            & Is("the CNode", ProcessEnvironment.CNode.Pointer.Value, ChildSlot.CNode)
            & Is("the thread", ProcessEnvironment.Tcb.Pointer.Value, ChildSlot.Tcb)
            & Is("the service endpoint", ProcessEnvironment.RpcEndpoint.Pointer.Value, ChildSlot.Service)
            & Is("the exit endpoint", ProcessEnvironment.ExitEndpoint.Pointer.Value, ChildSlot.Exit)
            & Is("the first slot for grants", window.Start, FirstGrantSlot)
            & Is("the end of the slots for grants", window.End, Slots);
    }

    private static bool Is(string what, ulong found, ulong expected)
    {
        if (found != expected) Console.WriteLine($"{what} is {found}, not {expected}");
        return found == expected;
    }

    /// <summary>Arguments and environment as the description gives them (RT:§4.4).</summary>
    internal static bool ArgumentsArrive(string[] arguments)
    {
        foreach (string argument in arguments) Console.WriteLine($"argument '{argument}'");
        return arguments.Length == 4 && arguments[0] == "stubborn" && arguments[2] == "two words" && arguments[3] == "ümlaut"
        && ProcessEnvironment.GetVariable("KEY"u8) == "value=with=signs" && ProcessEnvironment.GetVariable("NONE"u8) == null;
    }

    /// <summary>Where a program's file has nothing, its memory is zero (RT:E5): these pages may have belonged to somebody.</summary>
    internal static bool MemoryIsZero()
    {
        ulong sum = 0;
        for (int index = 0; index < WordsOfNothing; index++) sum |= s_nothing[index];
        s_nothing[0] = 1;
        return sum == 0;
    }

    /// <summary>SSE works from the first instruction (RT:C6): the program was compiled with it.</summary>
    internal static bool FloatingPointWorks()
    {
        double sum = 0;
        for (int index = 1; index <= 1000; index++) sum += 1.0 / index;
        return sum > 7.485470860550 && sum < 7.485470860551;
    }

    /// <summary>What is neither a log line nor an end is refused, and the child goes on (RT:L3).</summary>
    internal static bool NonsenseToTheLogIsRefused()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        foreach (ulong label in new ulong[] { 0, 77, (ulong)ProcessMessage.Log })
        {
            buffer[0] = ulong.MaxValue;
            MessageInfo answer = ProcessEnvironment.ExitEndpoint.Call(new MessageInfo(label, 0, 0, 1));
            if (answer.Label != (ulong)ErrorCode.InvalidArgument) return false;
        }

        return true;
    }
}
