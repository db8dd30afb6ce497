// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Why a request is refused, or that it is not: the error value of everything that serves requests.</summary>
/// <remarks>
/// Two words, so that it travels in registers. Bits of the first: 0–7 error number, 8–15 reason, 16–23 field at fault,
/// 24–31 quota kind, 32–39 the kernel's error number, 48–63 lowest value allowed. The second is the highest value allowed
/// when the reason is OutOfRange, and otherwise what is still to be had.
/// </remarks>
public readonly struct Refusal
{
    private readonly ulong _header;
    private readonly ulong _value;

    private Refusal(ulong header, ulong value)
    {
        _header = header;
        _value = value;
    }

    /// <summary>The request is granted.</summary>
    public static Refusal None => default;

    /// <summary>The stream is shorter than it announces, or there is none (RPC:R3).</summary>
    public static Refusal TooShort => new((ulong)ErrorCode.TruncatedMessage | (ulong)Reason.Malformed << 8, 0);

    /// <summary>True when the request is granted.</summary>
    public bool IsNone => _header == 0;

    /// <summary>The seL4 error number.</summary>
    public ErrorCode Code => (ErrorCode)(byte)_header;

    /// <summary>The reason behind it.</summary>
    public Reason Reason => (Reason)(byte)(_header >> 8);

    /// <summary>Field number of the request field at fault; 0 when it is none in particular.</summary>
    public uint Argument => (byte)(_header >> 16);

    /// <summary>Which quota is exhausted.</summary>
    public QuotaKind QuotaKind => (QuotaKind)(byte)(_header >> 24);

    /// <summary>What the kernel said, when it was the kernel that refused.</summary>
    public ErrorCode KernelError => (ErrorCode)(byte)(_header >> 32);

    /// <summary>Lowest value that would have been taken; only for OutOfRange.</summary>
    public ulong RangeMin => _header >> 48;

    /// <summary>Highest value that would have been taken; only for OutOfRange.</summary>
    public ulong RangeMax => Reason == Reason.OutOfRange ? _value : 0;

    /// <summary>Bytes, the largest free block, or what is left of the quota.</summary>
    public ulong Available => Reason == Reason.OutOfRange ? 0 : _value;

    /// <summary>A refusal for a reason, with the error number of the table.</summary>
    public static Refusal Because(Reason reason) => new((ulong)RpcErrors.CodeOf(reason) | (ulong)reason << 8, 0);

    /// <summary>A refusal that names the request field at fault.</summary>
    public static Refusal Because(Reason reason, uint argument) =>
        new((ulong)RpcErrors.CodeOf(reason) | (ulong)reason << 8 | (ulong)(byte)argument << 16, 0);

    /// <summary>A field is out of range. The lowest value allowed is below 2^16 wherever it occurs.</summary>
    public static Refusal OutOfRange(uint argument, ulong lowest, ulong highest) =>
        new(Because(Reason.OutOfRange, argument)._header | lowest << 48, highest);

    /// <summary>There is not enough: of bytes in all (OutOfMemory), or in one block (Fragmented).</summary>
    public static Refusal NotEnough(Reason reason, ulong available) => new(Because(reason)._header, available);

    /// <summary>A quota is used up but for so much.</summary>
    public static Refusal Quota(QuotaKind kind, ulong available) =>
        new(Because(Reason.QuotaExceeded)._header | (ulong)(byte)kind << 24, available);

    /// <summary>The same, with what the kernel had said.</summary>
    public Refusal FromKernel(ErrorCode kernelError) => new(_header | (ulong)kernelError << 32, _value);

    /// <summary>The same, naming the request field at fault.</summary>
    public Refusal AtField(uint argument) => new((_header & ~0xff0000ul) | (ulong)(byte)argument << 16, _value);

    /// <summary>Writes it into a reply. The legacy part is the error number; all else is for those who know version 2.</summary>
    /// <param name="explanation">A sentence for people, when whoever refused had one.</param>
    internal void WriteTo(ref RpcMessage reply, in ShortText explanation)
    {
        reply.SelectRet();
        reply.Ret.ErrorCode = (uint)Code;
        reply.Ret.Detail = (uint)Reason;
        if (_header >> 16 == 0 && _value == 0 && explanation.IsEmpty) return;  // nothing that ret has no room for
        reply.SelectDetail();
        reply.Detail.KernelError = (uint)KernelError;
        reply.Detail.Argument = Argument;
        reply.Detail.RangeMin = RangeMin;
        reply.Detail.RangeMax = RangeMax;
        reply.Detail.Available = Available;
        reply.Detail.QuotaKind = (uint)QuotaKind;
        if (!explanation.IsEmpty) reply.Detail.Text = explanation;
    }
}
