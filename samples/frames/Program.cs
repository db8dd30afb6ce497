// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;

/// <summary>Asks for frames when it needs them: one anywhere, and one at the physical address of the VGA text screen.</summary>
internal static unsafe class Program
{
    private const ulong AnywhereAddress = 0x40_0000_0000;
    private const ulong ScreenAddress = AnywhereAddress + 4096;
    private const ulong ScreenPhysical = 0xb8000;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        AddressSpace space = new(client);
        return UseAnyFrame(client, space) && UseScreen(client, space) ? 0 : 1;
    }

    private static bool UseAnyFrame(RpcClient client, AddressSpace space)
    {
        RpcError error = client.AllocateFrame(out Grant frame);
        if (!error.IsOk) return Fail(error.Describe());
        Sel4Error mapping = space.Map(frame.As<Frame>(), AnywhereAddress);
        if (!mapping.IsOk) return Fail(space.Describe(mapping));

        ulong* words = (ulong*)AnywhereAddress;
        bool isClear = true;
        for (int index = 0; index < 512; index++) isClear &= words[index] == 0;
        Console.WriteLine(isClear ? "A frame from anywhere, cleared." : "A frame from anywhere, NOT cleared.");
        for (int index = 0; index < 512; index++) words[index] = (ulong)index * 0x0101_0101_0101_0101;
        ulong sum = 0;
        for (int index = 0; index < 512; index++) sum += words[index];
        Console.WriteLine($"Wrote 512 words and read back a sum of 0x{sum:x}.");

        error = client.Free(frame);
        Console.WriteLine(error.IsOk ? "Gave it back." : error.Describe());
        return isClear && error.IsOk;
    }

    private static bool UseScreen(RpcClient client, AddressSpace space)
    {
        RpcError error = client.AllocateFrameAt(new PhysicalAddress(ScreenPhysical), out Grant screen);
        if (!error.IsOk) return Fail(error.Describe());
        Sel4Error mapping = space.Map(screen.As<Frame>(), ScreenAddress);
        if (!mapping.IsOk) return Fail(space.Describe(mapping));
        Console.WriteLine($"The frame at physical 0x{screen.PhysicalAddress.Value:x}.");

        // A cell of the text screen is a character and a colour. The last line is the one that scrolled text reaches last.
        ushort* cells = (ushort*)ScreenAddress + (24 * 80);
        string text = "written by a child";
        for (int index = 0; index < text.Length; index++) cells[index] = (ushort)(0x1f00 | text[index]);
        string read = "";
        for (int index = 0; index < text.Length; index++) read += (char)(cells[index] & 0xff);
        Console.WriteLine($"The screen says '{read}'.");

        // Nobody else can have it meanwhile: asking for a part of what is taken is refused, with the reason.
        error = client.AllocateObject(ObjectType.Untyped, 15, out _, new PhysicalAddress(ScreenPhysical));
        Console.WriteLine(error.IsOk ? "Got it twice?" : error.Describe());
        return read == text && !error.IsOk;
    }

    private static bool Fail(string why)
    {
        Console.WriteLine(why);
        return false;
    }
}
