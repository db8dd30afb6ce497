// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>Messages through an endpoint. The words and capabilities are put into <see cref="IpcBuffer.Current"/> first.</summary>
public static class EndpointCalls
{
    extension(Cap<Endpoint> endpoint)
    {
        /// <summary>Sends and waits for the answer. Kernel name <c>seL4_Call</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public MessageInfo Call(MessageInfo message) => Syscall.Call(endpoint.Pointer, message);

        /// <summary>Sends and waits until a receiver has taken it. Kernel name <c>seL4_Send</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Send(MessageInfo message) => Syscall.Send(endpoint.Pointer, message);

        /// <summary>Sends when a receiver waits; else the message is lost. Kernel name <c>seL4_NBSend</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void NBSend(MessageInfo message) => Syscall.NBSend(endpoint.Pointer, message);

        /// <summary>Waits for a message or a signal of the bound notification. Kernel name <c>seL4_Recv</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Received Recv() => Syscall.Recv(endpoint.Pointer);

        /// <summary>Takes a message or signal if there is one. Kernel name <c>seL4_NBRecv</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Received NBRecv() => Syscall.NBRecv(endpoint.Pointer);

        /// <summary>Answers the last caller and waits for the next message. Kernel name <c>seL4_ReplyRecv</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Received ReplyRecv(MessageInfo answer) => Syscall.ReplyRecv(endpoint.Pointer, answer);
    }

    extension(Cap<Reply> reply)
    {
        /// <summary>Answers the saved caller; the capability disappears (R-REPLY-08).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Send(MessageInfo answer) => Syscall.Send(reply.Pointer, answer);
    }
}
