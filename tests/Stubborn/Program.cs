// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Rpc;

/// <summary>A child that is hard to end (RT:K2), or looks at what it was given (RT:§4). The argument says how.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        string way = arguments.Length > 1 ? arguments[1] : "";
        RpcClient client = RpcClient.FromEnvironment();
        bool? isRight = way switch
        {
            "environment" => Inside.EnvironmentIsAsPromised(),
            "arguments" => Inside.ArgumentsArrive(arguments),
            "zero-memory" => Inside.MemoryIsZero(),
            "floating-point" => Inside.FloatingPointWorks(),
            "log-nonsense" => Inside.NonsenseToTheLogIsRefused(),
            "write-text" => Trespass.WriteText(),
            "listen-service" => Trespass.ListenOnService(),
            "fake-fault" => Trespass.PretendToFault(),
            "send-capability" => Trespass.SendCapability(),
            _ => null,
        };
        if (isRight is { } result) return result ? 0 : 1;
        Sel4Error error = Stay.Prepare(way, client);
        Console.WriteLine(error.IsOk ? $"{way}: here I stay" : $"{way}: {error.Describe()}");
        while (error.IsOk) Stay.Linger(way);
        return 1;
    }
}
