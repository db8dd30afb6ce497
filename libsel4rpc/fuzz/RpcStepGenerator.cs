// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>Makes the next step of a game: mostly a message that is nearly right, given what was answered so far.</summary>
public sealed class RpcStepGenerator(RpcGame game, ulong seed)
{
    private readonly RpcGame _game = game;
    private readonly RequestGenerator _requests = new(game);
    private readonly byte[] _bytes = new byte[Framing.MaxBytes];
    private FuzzRandom _random = new(seed);
    private RpcMessage _message;

    public RpcStep Next()
    {
        RpcActor actor = _game.Actors[_random.Below(RpcGame.ActorCount)];
        switch (_random.Below(200))
        {
            case 0 when _random.OneIn(3):
                return new RpcStep { Kind = RpcStepKind.Kill, Actor = actor.Index };
            case < 8:
                return new RpcStep
                {
                    Kind = RpcStepKind.Reclaim, Actor = Any(RpcActorState.Ending, actor), Number = (ulong)(1 + _random.Below(9)),
                };
            case < 14:
                return new RpcStep { Kind = RpcStepKind.Open, Actor = Any(RpcActorState.Gone, actor), Number = _random.Next() };
            case < 28:
                return new RpcStep { Kind = RpcStepKind.Tick, Actor = actor.Index, Number = (ulong)_random.Below(200) };
            case < 34:
                return new RpcStep { Kind = RpcStepKind.Toggle, Actor = actor.Index, Number = (ulong)_random.Below(128) };
        }
        // Those who are dead say little, but what they say must do no harm.
        if (actor.State != RpcActorState.Open && !_random.OneIn(8)) actor = _game.Actors[_random.Below(RpcGame.ActorCount)];
        return Message(actor);
    }

    /// <summary>Somebody in this state, or else somebody.</summary>
    private int Any(RpcActorState state, RpcActor otherwise)
    {
        int first = _random.Below(RpcGame.ActorCount);
        for (int i = 0; i < RpcGame.ActorCount; i++)
        {
            int index = (first + i) % RpcGame.ActorCount;
            if (_game.Actors[index].State == state) return index;
        }
        return otherwise.Index;
    }

    private RpcStep Message(RpcActor actor)
    {
        byte[] bytes = _random.OneIn(25) ? Noise() : Encoded(actor);
        if (_random.OneIn(10)) bytes = Damaged(bytes);
        bool hasOddHeader = _random.OneIn(40);
        return new RpcStep
        {
            Kind = RpcStepKind.Message,
            Actor = actor.Index,
            Bytes = bytes,
            Label = hasOddHeader && _random.OneIn(2) ? _random.AnySize() & 0xfff : 0,
            ExtraCaps = hasOddHeader && _random.OneIn(3) ? _random.Below(4) : 0,
            LengthChange = hasOddHeader && _random.OneIn(2) ? _random.Below(7) - 3 : _random.OneIn(10) ? _random.Below(3) : 0,
            Magic = hasOddHeader && _random.OneIn(3) ? _random.AnySize()
                : _random.OneIn(3) ? Framing.TestMagic : Framing.DefaultMagic,
        };
    }

    private byte[] Encoded(RpcActor actor)
    {
        _requests.Make(ref _random, actor, ref _message);
        return Framing.EncodeDelimited(in _message, _bytes, out int count) == WireStatus.Ok ? _bytes[..count] : [];
    }

    private byte[] Noise()
    {
        var bytes = new byte[1 + _random.Below(_random.OneIn(10) ? Framing.MaxBytes : 40)];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)_random.Next();
        // A prefix that tells the truth lets what follows be looked at.
        if (bytes.Length < 0x80 && !_random.OneIn(4)) bytes[0] = (byte)(bytes.Length - 1);
        return bytes;
    }

    /// <summary>Bits turned over, bytes cut off, doubled or put in, a field from elsewhere behind it.</summary>
    private byte[] Damaged(byte[] bytes)
    {
        if (bytes.Length == 0) return bytes;
        switch (_random.Below(5))
        {
            case 0:
                for (int i = _random.Below(3); i >= 0; i--) bytes[_random.Below(bytes.Length)] ^= (byte)(1 << _random.Below(8));
                return bytes;
            case 1:
                return bytes[.._random.Below(bytes.Length)];
            case 2:
                int at = _random.Below(bytes.Length);
                byte[] longer = [.. bytes[..at], (byte)_random.Next(), .. bytes[at..]];
                return Prefixed(longer);
            case 3:
                // The same message twice in one: fields merge, the last member wins.
                return bytes.Length < 60 && bytes[0] < 0x80 ? Prefixed([.. bytes, .. bytes[1..]]) : bytes;
            default:
                bytes[_random.Below(bytes.Length)] = (byte)_random.Next();
                return Prefixed(bytes);
        }
    }

    private static byte[] Prefixed(byte[] bytes)
    {
        if (bytes.Length is > 0 and < 0x80) bytes[0] = (byte)(bytes.Length - 1);
        return bytes;
    }
}
