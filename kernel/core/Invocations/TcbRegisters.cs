// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>ReadRegisters, WriteRegisters and CopyRegisters (ABI §10.1–10.3, R-TCB-07…17).</summary>
internal static class TcbRegisters<A> where A : struct, IArch
{
    // Bits of word 0 of the messages; bits 8–15 are flags of the architecture, of which x86_64 has none.
    private const ulong SuspendSource = 1;
    private const ulong ResumeTarget = 1;
    private const ulong CopyResumeTarget = 2;
    private const ulong CopyFrame = 4;
    private const ulong CopyInteger = 8;

    /// <summary>Words: flags, count. Answers with the registers, having stopped the thread if asked to (R-TCB-09, R-TCB-10).</summary>
    public static SyscallError Read(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 2) return SyscallError.TruncatedMessage;
        ulong count = call[1];
        if (count < 1 || count > (ulong)A.UserRegisterCount) return SyscallError.Range(1, (ulong)A.UserRegisterCount);
        if (target == call.Caller) return SyscallError.IllegalOperation;
        if ((call[0] & SuspendSource) != 0) Threads<A>.Suspend(ref kernel, target);
        A.CollectRegisters(ref kernel, target);
        if (call.IsCall) Answer(ref kernel, call.Caller, target, (int)count);
        return SyscallError.None;
    }

    /// <summary>What <see cref="Results{A}.Set"/> does for one word, for many with one look for the buffer.</summary>
    private static void Answer(ref KernelState kernel, Ref<Tcb> caller, Ref<Tcb> target, int count)
    {
        ulong word0 = ThreadRegisters.Read(target, A.IndexOfUserRegister(0));
        ulong word1 = ThreadRegisters.Read(target, A.IndexOfUserRegister(1));
        ulong word2 = ThreadRegisters.Read(target, A.IndexOfUserRegister(2));
        ulong word3 = ThreadRegisters.Read(target, A.IndexOfUserRegister(3));
        ThreadRegisters.Write(caller, A.MessageRegister(0), word0);
        if (count > 1) ThreadRegisters.Write(caller, A.MessageRegister(1), word1);
        if (count > 2) ThreadRegisters.Write(caller, A.MessageRegister(2), word2);
        if (count > 3) ThreadRegisters.Write(caller, A.MessageRegister(3), word3);
        kernel.ResultLength = (ulong)count;
        if (count <= AbiConstants.MessageRegisterCount) return;
        IpcBuffer buffer = new(A.LookupIpcBuffer(ref caller.Value, true));
        if (!buffer.IsPresent)
        {
            kernel.ResultLength = AbiConstants.MessageRegisterCount;
            return;
        }

        if (count == RegisterBlock<A>.Count)
        {
            RegisterBlock<A>.ToBuffer(target, buffer);
            return;
        }

        for (int i = AbiConstants.MessageRegisterCount; i < count; i++)
            buffer.SetMessage(i, ThreadRegisters.Read(target, A.IndexOfUserRegister(i)));
    }

    /// <summary>Words: flags, count, registers. More than there are is cut, none is no error (R-TCB-11…15).</summary>
    public static SyscallError Write(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 2) return SyscallError.TruncatedMessage;
        ulong count = call[1];
        if ((ulong)(call.Length - 2) < count) return SyscallError.TruncatedMessage;
        if (target == call.Caller) return SyscallError.IllegalOperation;
        if (count > (ulong)A.UserRegisterCount) count = (ulong)A.UserRegisterCount;
        A.CollectRegisters(ref kernel, target);

        // Words 2 and 3 of the message are in registers, the rest in the buffer.
        IpcBuffer buffer = new(call.Buffer);
        if (count > 0) ThreadRegisters.Write(target, A.IndexOfUserRegister(0), A.Sanitize(0, call.Word2));
        if (count > 1) ThreadRegisters.Write(target, A.IndexOfUserRegister(1), A.Sanitize(1, call.Word3));
        if (count == RegisterBlock<A>.Count)
        {
            RegisterBlock<A>.FromBuffer(target, buffer);
        }
        else
        {
            for (int i = 2; i < (int)count; i++)
                ThreadRegisters.Write(target, A.IndexOfUserRegister(i), A.Sanitize(i, buffer.Message(i + 2)));
        }

        if (count != 0)
        {
            // Word 0 is both the address to restart and the address to resume at.
            ThreadRegisters.Write(target, A.NextIpRegister, ThreadRegisters.Read(target, A.FaultIpRegister));
            A.RegistersChanged(ref kernel, target);
        }

        if ((call[0] & ResumeTarget) != 0) Threads<A>.Restart(ref kernel, target);
        return SyscallError.None;
    }

    /// <summary>Word: flags; capability: source. Suspends, resumes, then copies the groups as stored (R-TCB-16, R-TCB-17).</summary>
    public static SyscallError Copy(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 1 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability sourceCapability = call.Extra0.Value.Capability;
        if (sourceCapability.Tag != CapabilityTag.Tcb) return SyscallError.InvalidCapability(1);
        Ref<Tcb> source = new(sourceCapability.TcbAddress);
        ulong flags = call[0];
        if ((flags & SuspendSource) != 0) Threads<A>.Suspend(ref kernel, source);
        if ((flags & CopyResumeTarget) != 0) Threads<A>.Restart(ref kernel, target);
        ref Tcb to = ref target.Value;
        A.CollectRegisters(ref kernel, source);
        A.CollectRegisters(ref kernel, target);
        if ((flags & CopyFrame) != 0)
        {
            CopyGroup(ref source.Value, ref to, 0, A.FrameRegisterCount);
            to.Registers[A.NextIpRegister] = to.Registers[A.FaultIpRegister];
        }

        if ((flags & CopyInteger) != 0) CopyGroup(ref source.Value, ref to, A.FrameRegisterCount, A.UserRegisterCount);
        A.RegistersChanged(ref kernel, target);
        if (target == kernel.Current) Scheduler<A>.Reschedule(ref kernel);
        return SyscallError.None;
    }

    private static void CopyGroup(ref Tcb source, ref Tcb target, int first, int after)
    {
        for (int i = first; i < after; i++)
        {
            int index = A.IndexOfUserRegister(i);
            target.Registers[index] = source.Registers[index];
        }
    }
}
