// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Text;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

/// <summary>Does everything wrong: bad bytes, unknown messages, other people's cookies, and a wild pointer at last.</summary>
internal static unsafe class Program
{
    private const ulong Unmapped = 0x7000_0000_0000;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        SendBytes(client, "a length beyond the message", [0x7f, 0x0a, 0x00]);
        SendBytes(client, "a wire type that does not exist", [0x02, 0x0f, 0x00]);
        SendBytes(client, "an empty message", [0x00]);
        SendBytes(client, "a member that nobody knows", [0x03, 0x7a, 0x01, 0x00]);
        SendBytes(client, "an interrupt of no kind", [0x02, 0x1a, 0x00]);
        FreeWhatIsNotMine(client, 1);
        FreeWhatIsNotMine(client, 0x7fff_ffff);
        FreeTwice(client);

        RpcError error = client.AllocateFrame(out _);
        Console.WriteLine(error.IsOk ? "Still served: got a frame, and keep it." : error.Describe());
        Console.WriteLine("Reading where nothing is mapped.");
        byte value = *(byte*)Unmapped;
        Console.WriteLine($"Read {value}?");
        return 1;
    }

    private static void SendBytes(RpcClient client, string what, ReadOnlySpan<byte> bytes)
    {
        RpcError error = client.SendBytes(bytes);
        Console.WriteLine($"Sent {what}: error {error.Number}, {NameOf(error)}.");
    }

    private static void FreeWhatIsNotMine(RpcClient client, ulong cookie)
    {
        ref RpcMessage message = ref client.Message;
        message.Clear();
        message.SelectMemory();
        message.Memory.Action = MemoryAction.Free;
        message.Memory.Address = cookie;
        message.Memory.SizeBits = 12;
        message.Memory.Type = (ulong)ObjectType.SmallPage;
        RpcError error = client.Send();
        Console.WriteLine($"Freed grant {cookie}: error {error.Number}, {NameOf(error)}.");
    }

    private static void FreeTwice(RpcClient client)
    {
        client.AllocateFrame(out Grant grant);
        ulong cookie = grant.Cookie;
        Console.WriteLine(client.Free(grant).IsOk ? "Freed a frame." : "Could not free a frame?");
        ref RpcMessage message = ref client.Message;
        message.Clear();
        message.SelectMemory();
        message.Memory.Action = MemoryAction.Free;
        message.Memory.Address = cookie;
        message.Memory.Type = (ulong)ObjectType.SmallPage;
        RpcError error = client.Send();
        Console.WriteLine($"Freed it again: error {error.Number}, {NameOf(error)}.");
    }

    private static string NameOf(RpcError error) => Encoding.UTF8.GetString(ErrorCodeNames.Of(error.Code));
}
