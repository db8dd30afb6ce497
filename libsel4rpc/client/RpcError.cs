// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>How a request ended, as a value; <c>default</c> is success.</summary>
public readonly struct RpcError
{
    private readonly RpcRequestInfo _request;
    private readonly ShortText _text;

    internal RpcError(RpcFault fault, in RpcRequestInfo request)
    {
        this = default;
        Fault = fault;
        _request = request;
    }

    /// <summary>What the server said.</summary>
    internal RpcError(in RpcMessage reply, in RpcRequestInfo request)
    {
        this = default;
        Fault = RpcFault.Refused;
        _request = request;
        Number = reply.Ret.ErrorCode;
        Reason = (Reason)reply.Ret.Detail;
        if (!reply.HasDetail) return;
        Argument = reply.Detail.Argument;
        RangeMin = reply.Detail.RangeMin;
        RangeMax = reply.Detail.RangeMax;
        Available = reply.Detail.Available;
        QuotaKind = (QuotaKind)reply.Detail.QuotaKind;
        KernelError = (ErrorCode)(byte)reply.Detail.KernelError;
        _text = reply.Detail.Text;
    }

    /// <summary>What the server says in words, such as the reason of a policy; empty when it says nothing.</summary>
    public string Text
    {
        get
        {
            Span<byte> bytes = stackalloc byte[ShortText.Capacity];
            return Encoding.UTF8.GetString(bytes[.._text.CopyTo(bytes)]);
        }
    }

    internal bool HasText => !_text.IsEmpty;

    /// <summary>Where it failed.</summary>
    public RpcFault Fault { get; }

    /// <summary>The error number of the reply, whatever it is; see <see cref="Code"/>.</summary>
    public uint Number { get; }

    /// <summary>Why the server refused; None from servers of version 1.</summary>
    public Reason Reason { get; }

    /// <summary>Field number of the request field at fault; 0 when none was named.</summary>
    public uint Argument { get; }

    /// <summary>Lowest value that would have been taken; counts when the reason is OutOfRange.</summary>
    public ulong RangeMin { get; }

    /// <summary>Highest value that would have been taken; counts when the reason is OutOfRange.</summary>
    public ulong RangeMax { get; }

    /// <summary>What is still to be had: bytes, the largest free block, or what is left of the quota.</summary>
    public ulong Available { get; }

    /// <summary>Which quota is exhausted; counts when the reason is QuotaExceeded.</summary>
    public QuotaKind QuotaKind { get; }

    /// <summary>What the kernel said to the server, when it was the kernel that refused.</summary>
    public ErrorCode KernelError { get; }

    internal string FieldAtFault => _request.NameOfField(Argument);

    /// <summary>True when the request was granted.</summary>
    public bool IsOk => Fault == RpcFault.None;

    /// <summary>The seL4 error number of the server's refusal; None when it was not the server that refused.</summary>
    public ErrorCode Code => Number <= (uint)ErrorCode.NotEnoughMemory ? (ErrorCode)Number : ErrorCode.None;

    /// <summary>A few sentences for people: what was asked, why it was refused, what would work.</summary>
    public string Describe()
    {
        if (IsOk) return "Granted.";
        string asked = $"Asked for {_request.Describe()}.";
        return Fault switch
        {
            RpcFault.Refused => $"{asked} Refused: {RpcErrorText.Why(in this)} {RpcErrorText.WhatWouldWork(in this)}",
            RpcFault.TooLong => $"{asked} Not sent: the message is longer than {Framing.MaxBytes} bytes.",
            RpcFault.NoSlot => $"{asked} Not sent: no slot of the grant window is free. Free a grant first.",
            RpcFault.OldServer => $"{asked} Not sent: the server speaks version 1 of the protocol and would never answer.",
            RpcFault.NoFeature => $"{asked} Not sent: the server has said that it does not do this.",
            RpcFault.OtherConfiguration =>
                "The server was built for another kernel configuration: numbers mean something else there. Build both alike.",
            RpcFault.HandleDamaged => "An old server's handle came back damaged, so the grant cannot be given back and stays taken.",
            RpcFault.KernelAnswered => $"{asked} No server answered: the service endpoint is missing, or lacks the right to write.",
            RpcFault.CapabilityLost =>
                $"{asked} Granted, but the capability did not arrive: the receive slot was not empty. The grant was given back.",
            _ => $"{asked} The answer is none of this protocol: is this the service endpoint?",
        };
    }
}
