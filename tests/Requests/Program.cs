// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Rpc;

/// <summary>A child that asks for what version 2 of the protocol has, in the way that its argument says.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        string way = arguments.Length > 1 ? arguments[1] : "";
        RpcClient client = RpcClient.FromEnvironment();
        bool isRight = way switch
        {
            "giver" => Together.GiveUntilTheChildIsGone(client),
            "asker" => Together.AskForMoreThanAllowed(client),
            "greedy" => Check.That(!client.AllocateUntyped(18, out _).IsOk, "it was granted"),  // and never comes so far
            "quiet" => Check.Holds(client.AllocateUntyped(17, out _)),
            "lender" => Together.Share(client, 1, 2),
            "borrower" => Together.Share(client, 2, 1),
            "leased" => Times.LoseALease(client),
            "patient" => Times.WaitInVain(client),
            "abandoned" => Times.WaitUntilTheEnd(client),
            "batches" => Kinds.BatchesOfManySizes(client),
            "windows" => Kinds.MemoryInWindows(client),
            "listings" => Kinds.WhatThereIs(client),
            "old" => Kinds.BytesOfAnOldProgram(client),
            _ => false,
        };
        if (!isRight) Console.WriteLine($"{way}: {Check.Problem}");
        return isRight ? 0 : 1;
    }
}

/// <summary>What was wrong first.</summary>
internal static class Check
{
    public static string Problem { get; private set; } = "something else happened";

    public static bool That(bool condition, string what)
    {
        if (!condition) Problem = what;
        return condition;
    }

    public static bool Holds(RpcError error)
    {
        if (!error.IsOk) Problem = error.Describe();
        return error.IsOk;
    }
}
