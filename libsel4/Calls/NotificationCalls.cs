// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>Signals. None of them touches the words of the IPC buffer.</summary>
public static class NotificationCalls
{
    extension(Cap<Notification> notification)
    {
        /// <summary>Sets the bits of the capability's badge; never waits. Kernel name <c>seL4_Signal</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Signal() => Syscall.Signal(notification.Pointer);

        /// <summary>Waits until there are bits and takes them. Kernel name <c>seL4_Wait</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Badge Wait() => Syscall.Wait(notification.Pointer);

        /// <summary>Takes the bits; none when there are none. Kernel name <c>seL4_Poll</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Badge Poll() => Syscall.Poll(notification.Pointer);
    }
}
