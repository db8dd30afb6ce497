// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc.Wire;

/// <summary>One request after the other, each sound, nearly sound or garbage, and a look at the reply to each.</summary>
internal sealed class Attack(Dice dice, CapabilityPointer service, ulong magic)
{
    private static readonly Cap<CNode> s_root = new(ChildSlot.CNode);
    private const int Remembered = 32;
    private const uint MaxWaitMs = 3;
    private readonly RequestBytes _request = new();
    private readonly RequestBytes _stream = new();
    private readonly ulong[] _cookies = new ulong[Remembered];
    private RpcMessage _reply;
    private ulong _slot;

    internal ulong Granted { get; private set; }

    internal ulong Refused { get; private set; }

    /// <summary>What was wrong with the last reply.</summary>
    internal string Complaint { get; private set; } = "";

    /// <summary>Sends one request. False when the reply is none that the protocol has (RPC:R1, RPC:M4).</summary>
    internal bool Once()
    {
        _request.Clear();
        Compose();
        if (dice.OneIn(8)) _request.Flip(dice.Below(8 * 64));
        MessageInfo info = Send();
        bool isSound = Judge(info);
        TakeCapability(info);
        return isSound;
    }

    private void Compose()
    {
        switch (dice.Below(10))
        {
            case 0:
                Garbage(dice.Below(64));
                break;
            case 1:
                Fields(0);
                break;
            case 2 or 3:
                Memory();
                break;
            case 4:
                Free();
                break;
            case 5:
                Hardware();
                break;
            default:
                Extended();
                break;
        }

        if (dice.OneIn(6)) Hints();
        if (dice.OneIn(10)) _request.Number(18, dice.Next());
    }

    private void Garbage(int bytes)
    {
        for (int index = 0; index < bytes; index++) _request.Byte((byte)dice.Next());
    }

    /// <summary>Fields of any number, type and depth.</summary>
    private void Fields(int depth)
    {
        for (int field = dice.Below(5); field >= 0; field--)
        {
            uint number = dice.OneIn(8) ? (uint)dice.Next() >> 4 : (uint)dice.Below(26);
            switch (dice.Below(depth < 6 ? 5 : 4))
            {
                case 0:
                    _request.Header(number, (uint)dice.Below(8));
                    break;
                case 1:
                    _request.Header(number, 2);
                    _request.Varint(dice.Edge());
                    break;
                case 4:
                    int begin = _request.Begin(number);
                    Fields(depth + 1);
                    _request.End(begin);
                    break;
                default:
                    _request.Number(number, dice.Edge());
                    break;
            }
        }
    }

    private void Memory()
    {
        int begin = _request.Begin(2);
        _request.Number(1, dice.OneIn(4) ? dice.Edge() : 1);
        _request.Number(2, dice.OneIn(4) ? dice.Edge() : (ulong)(4 + dice.Below(14)));
        _request.Number(3, dice.OneIn(16) ? dice.Edge() : (ulong)dice.Below(12));
        if (dice.OneIn(16)) _request.Number(4, dice.Edge());
        _request.End(begin);
    }

    private void Free()
    {
        int begin = _request.Begin(2);
        _request.Number(1, Cookie());
        _request.Number(2, (ulong)(4 + dice.Below(14)));
        _request.Number(3, (ulong)dice.Below(12));
        _request.Number(4, 1);
        _request.End(begin);
    }

    private void Hardware()
    {
        int begin = _request.Begin(dice.OneIn(2) ? 3u : 4u);
        if (dice.OneIn(2))
        {
            _request.Number(1, dice.Edge());
            _request.Number(2, dice.Edge());
        }
        else
        {
            int inner = _request.Begin((uint)(1 + dice.Below(3)));
            for (uint field = 1; field <= 5; field++) _request.Number(field, dice.OneIn(3) ? dice.Edge() : (ulong)dice.Below(24));
            _request.End(inner);
        }

        _request.End(begin);
    }

    /// <summary>Members 5 to 9: release, query, range, quota, lease.</summary>
    private void Extended()
    {
        uint member = (uint)(5 + dice.Below(5));
        int begin = _request.Begin(member);
        for (uint field = 1; field <= 7; field++)
        {
            if (dice.OneIn(3)) continue;
            bool isCookie = field == (member == 6 ? 5u : 1u) && member is 5 or 6 or 9;
            // Never "all mine": that would take the memory away that this program runs in.
            bool isReleaseFlag = member == 5 && field == 2;
            ulong other = dice.OneIn(2) ? (ulong)dice.Below(16) : dice.Edge();
            _request.Number(field, isReleaseFlag ? other & 1 : isCookie ? Cookie() : other);
        }

        _request.End(begin);
    }

    private void Hints()
    {
        int begin = _request.Begin(19);
        for (uint field = 1; field <= 10; field++)
            if (dice.OneIn(4)) _request.Number(field, dice.OneIn(2) ? (ulong)dice.Below(32) : dice.Edge());
        _request.Number(11, (ulong)dice.Below((int)MaxWaitMs));
        _request.End(begin);
    }

    private ulong Cookie() => dice.OneIn(8) ? dice.Edge() : _cookies[dice.Below(Remembered)];

    /// <summary>Sends the bytes, mostly as they should be sent.</summary>
    private MessageInfo Send()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Span<ulong> words = buffer.Words;
        _stream.Clear();
        _stream.Varint(dice.OneIn(20) ? dice.Edge() : (ulong)_request.Length);
        foreach (byte value in _request.Bytes) _stream.Byte(value);
        bool isPlaced = Framing.PlaceRequest(_stream.Bytes, magic, words, out int length) == WireStatus.Ok;
        if (!isPlaced) length = dice.Below(AbiConstants.MaxMessageLength + 1);
        ulong label = 0;
        int capabilities = 0;
        if (dice.OneIn(20)) words[0] = dice.Edge();
        if (dice.OneIn(20)) length = dice.Below(AbiConstants.MaxMessageLength + 1);
        if (dice.OneIn(30)) label = dice.Next() >> 12;
        if (dice.OneIn(20))
        {
            capabilities = dice.Below(4);
            for (int place = 0; place < capabilities; place++) buffer.SetCapability(place, new CapabilityPointer((ulong)dice.Below(20)));
        }

        SetReceiveSlot(buffer);
        return Syscall.Call(service, new MessageInfo(label, 0, capabilities, length));
    }

    private void SetReceiveSlot(IpcBuffer buffer)
    {
        SlotRegion window = ProcessEnvironment.GrantWindow;
        _slot = window.Start;
        if (dice.OneIn(6)) buffer.ClearReceiveSlot();
        else buffer.SetReceiveSlot(SlotPath.Of(s_root, new CapabilityPointer(dice.OneIn(6) ? dice.Edge() : _slot)));
    }

    /// <summary>Lets go of what came. What the server has on record it can take back without our help.</summary>
    private void TakeCapability(MessageInfo info)
    {
        IpcBuffer.Current.ClearReceiveSlot();
        if (info.ExtraCaps != 0 || dice.OneIn(16)) SlotPath.Of(s_root, new CapabilityPointer(_slot)).Delete();
    }

    private bool Judge(MessageInfo info)
    {
        if (info.Label != 0) return Wrong("the kernel answered in the server's place");
        WireStatus status = Framing.DecodeReply(IpcBuffer.Current.Words, info.Length, ref _reply);
        if (status != WireStatus.Ok) return Wrong("the reply does not decode");
        if (_reply.Case != RpcMessageCase.Ret) return Wrong("the reply has no ret");
        if (_reply.Ret.ErrorCode > (uint)ErrorCode.NotEnoughMemory) return Wrong("the error number is none of seL4's");
        if (_reply.Ret.ErrorCode != 0 && info.ExtraCaps != 0) return Wrong("a refusal came with a capability");
        if (_reply.Ret.Cookie > int.MaxValue) return Wrong("the cookie has more than 31 bits");
        if (_reply.Ret.ErrorCode != 0)
        {
            Refused++;
            return true;
        }

        if (_reply.Ret.Cookie != 0) _cookies[dice.Below(Remembered)] = _reply.Ret.Cookie;
        Granted++;
        return true;
    }

    private bool Wrong(string complaint)
    {
        Complaint = complaint;
        return false;
    }
}
