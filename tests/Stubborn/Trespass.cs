// SPDX-License-Identifier: BSD-2-Clause

using Sel4;
using Sel4.Abi;

/// <summary>Tries what a child may not do: RT:C1, RT:E3, RT:F3.</summary>
internal static unsafe class Trespass
{
    /// <summary>Pages of code are not writable: it is stopped, and never gets here.</summary>
    internal static bool WriteText()
    {
        // SAFETY: this is the attempt; the kernel stops the thread at this instruction.
        *(byte*)ProcessEnvironment.Auxiliary(AuxiliaryType.Entry) = 0xc3;
        return false;
    }

    /// <summary>It has no right to receive from its own service endpoint: to take others' requests (RPC:K5).</summary>
    internal static bool ListenOnService()
    {
        ProcessEnvironment.RpcEndpoint.Recv();
        return false;
    }

    /// <summary>A message that looks like a fault, by the endpoint for faults: it is the child's own end, nobody else's.</summary>
    internal static bool PretendToFault()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = 0x1234;
        new Cap<Endpoint>(new CapabilityPointer(ChildSlot.FaultHandler)).Call(new MessageInfo((ulong)FaultLabel.VmFault, 0, 0, 4));
        return false;
    }

    /// <summary>Without the right to grant no capability travels; the request is served as if there were none (RPC:R2).</summary>
    internal static bool SendCapability()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer.SetCapability(0, ProcessEnvironment.CNode.Pointer);
        buffer[0] = ProcessEnvironment.RpcMagic;
        buffer[1] = 0;
        MessageInfo answer = ProcessEnvironment.RpcEndpoint.Call(new MessageInfo(0, 0, 1, 2));
        return answer.Label == 0 && answer.Length > 0;
    }
}
