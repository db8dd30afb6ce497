// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>The right to arrange domains. ABI-15. Methods of the typed capability.</summary>
public static class DomainSetMethods
{
    extension(Cap<Domain> capability)
    {
        /// <summary>Moves a thread to a domain.</summary>
        /// <remarks>Label 30. Errors in order of check: TruncatedMessage: no word; InvalidArgument(0): there is no such domain; TruncatedMessage: no capability; InvalidArgument(1): the capability is no thread.</remarks>
        /// <param name="domain">Its number.</param>
        /// <param name="thread">The thread.</param>
        public Sel4Error Set(ulong domain, Cap<Tcb> thread) =>
            DomainSetInvocation.Set(capability.Pointer, domain, thread.Pointer);

        /// <summary>Writes an entry of the domain schedule.</summary>
        /// <remarks>Label 31. Errors in order of check: TruncatedMessage: fewer than 3 words; RangeError(0, entries-2): there is no such entry, or it is the last; RangeError(0, domains-1): there is no such domain; InvalidArgument(2): the duration needs more than 56 bits; InvalidArgument(1): an end marker with a domain other than 0; InvalidArgument(2): an end marker on the start entry.</remarks>
        /// <param name="index">Which entry.</param>
        /// <param name="domain">Whose turn it is.</param>
        /// <param name="duration">For how many ticks; 0 ends the schedule.</param>
        public Sel4Error ScheduleConfigure(ulong index, ulong domain, ulong duration) =>
            DomainSetInvocation.ScheduleConfigure(capability.Pointer, index, domain, duration);

        /// <summary>Starts the schedule at an entry, at once.</summary>
        /// <remarks>Label 32. Errors in order of check: TruncatedMessage: no word; RangeError(0, entries-1): there is no such entry; InvalidArgument(0): the entry is an end marker.</remarks>
        /// <param name="index">Which entry.</param>
        public Sel4Error ScheduleSetStart(ulong index) =>
            DomainSetInvocation.ScheduleSetStart(capability.Pointer, index);
    }
}
