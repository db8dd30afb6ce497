// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Moves messages: words in registers and in IPC buffers, header and badge (ABI §3.5, §4.5).</summary>
public static class MessageTransfer<A> where A : struct, IArch
{
    /// <summary>Delivers the sender's message, or its pending fault, to the receiver's registers and buffer.</summary>
    /// <param name="kernel">The kernel's state.</param>
    /// <param name="sender">Whose registers hold the message; they are not changed (R-IPC-26).</param>
    /// <param name="endpoint">The endpoint the message goes through; null for a reply, in which nothing is unwrapped.</param>
    /// <param name="badge">What the receiver is told of the capability used.</param>
    /// <param name="flags">Grant decides whether capabilities travel (R-XFER-01).</param>
    /// <param name="receiver">Who gets it.</param>
    internal static void Deliver(
        ref KernelState kernel, Ref<Tcb> sender, Ref<Endpoint> endpoint, ulong badge, IpcFlags flags, Ref<Tcb> receiver)
    {
        ref Tcb to = ref receiver.Value;
        IpcBuffer target = new(A.LookupIpcBuffer(ref to, true));
        if (sender.Value.FaultKind != (byte)FaultLabel.NullFault)
        {
            int length = FaultDelivery<A>.WriteMessage(ref sender.Value, ref to, target);
            to.Registers[A.MessageInfoRegister] = new MessageInfo(sender.Value.FaultKind, 0, 0, length).Word;
            to.Registers[A.CapabilityRegister] = badge;
            return;
        }

        ref Tcb from = ref sender.Value;
        MessageInfo info = MessageInfo.FromWord(from.Registers[A.MessageInfoRegister]);
        IpcBuffer source = default;
        int words = info.Length;

        // The common short message without capabilities touches no sender's buffer.
        bool carriesCaps = info.ExtraCaps != 0 && (flags & IpcFlags.CanGrant) != 0;
        if (words > AbiConstants.MessageRegisterCount || carriesCaps) source = new(A.LookupIpcBuffer(ref from, false));
        words = CopyWords(ref from, source, ref to, target, words);
        ulong caps = 0;
        if (carriesCaps && source.IsPresent && target.IsPresent)
            caps = CapabilityTransfer<A>.Transfer(ref kernel, sender, source, info.ExtraCaps, endpoint, receiver, target);
        to.Registers[A.MessageInfoRegister] = (info.Label << 12) | caps | (uint)words;
        to.Registers[A.CapabilityRegister] = badge;
    }

    /// <summary>Copies message words and returns how many arrived: at most 4 when one side has no buffer (R-IPC-08…10).</summary>
    private static int CopyWords(ref Tcb from, IpcBuffer source, ref Tcb to, IpcBuffer target, int length)
    {
        if (length > 0) CopyRegister(ref from, ref to, 0);
        if (length > 1) CopyRegister(ref from, ref to, 1);
        if (length > 2) CopyRegister(ref from, ref to, 2);
        if (length > 3) CopyRegister(ref from, ref to, 3);
        if (length <= AbiConstants.MessageRegisterCount) return length;
        if (!source.IsPresent || !target.IsPresent) return AbiConstants.MessageRegisterCount;
        if (length > AbiConstants.MaxMessageLength) length = AbiConstants.MaxMessageLength;
        IpcBuffer.CopyMessage(source, target, AbiConstants.MessageRegisterCount, length);
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRegister(ref Tcb from, ref Tcb to, int number) =>
        to.Registers[A.MessageRegister(number)] = from.Registers[A.MessageRegister(number)];

    /// <summary>Message word <paramref name="index"/> of a sender; the caller knows that there is a buffer for words above 3.</summary>
    internal static ulong Read(ref Tcb sender, IpcBuffer buffer, int index) =>
        index < AbiConstants.MessageRegisterCount ? sender.Registers[A.MessageRegister(index)] : buffer.Message(index);

    /// <summary>Writes <paramref name="value"/> as word <paramref name="index"/> of a message from the kernel.</summary>
    /// <returns>The length of the message so far; a word that finds no buffer is left out (ABI §3.5 item 5).</returns>
    internal static int Write(ref Tcb receiver, IpcBuffer buffer, int index, ulong value)
    {
        if (index < AbiConstants.MessageRegisterCount) receiver.Registers[A.MessageRegister(index)] = value;
        else if (buffer.IsPresent) buffer.SetMessage(index, value);
        else return AbiConstants.MessageRegisterCount;
        return index + 1;
    }

    /// <summary>Writes the words of a lookup failure from word <paramref name="index"/> on (ABI §6.2); returns the length.</summary>
    internal static int WriteLookupFailure(ref Tcb receiver, IpcBuffer buffer, int index, LookupFailure failure)
    {
        int length = Write(ref receiver, buffer, index, (ulong)failure.Kind);
        if (failure.Kind == LookupFailureKind.InvalidRoot) return length;
        length = Write(ref receiver, buffer, index + 1, failure.BitsLeft);
        if (failure.Kind == LookupFailureKind.MissingCapability) return length;
        if (failure.Kind == LookupFailureKind.DepthMismatch) return Write(ref receiver, buffer, index + 2, failure.BitsFound);
        Write(ref receiver, buffer, index + 2, failure.GuardFound);
        return Write(ref receiver, buffer, index + 3, failure.BitsFound);
    }
}
