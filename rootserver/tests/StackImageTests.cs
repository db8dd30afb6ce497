// SPDX-License-Identifier: BSD-2-Clause

using System.Buffers.Binary;
using System.Text;
using Sel4;
using Sel4.RootServer;

namespace Sel4.Tests.RootServer;

public sealed class StackImageTests
{
    private const ulong Top = 0x3f_0000;

    private static ulong WordAt(StackImage stack, ulong address) =>
        BinaryPrimitives.ReadUInt64LittleEndian(stack.Bytes.AsSpan((int)(address - stack.BaseAddress)));

    private static string StringAt(StackImage stack, ulong address)
    {
        ReadOnlySpan<byte> bytes = stack.Bytes.AsSpan((int)(address - stack.BaseAddress));
        return Encoding.ASCII.GetString(bytes[..bytes.IndexOf((byte)0)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60)]
    [Rule("RT:4.4")]
    public void The_stack_pointer_is_aligned_and_points_at_argc_and_the_vectors(int count)
    {
        StackImage stack = new();
        stack.Begin(Top);
        List<ulong> strings = [];
        for (int index = 0; index < count; index++) strings.Add(stack.AddString("argument-" + index));
        stack.AddWord((ulong)count);
        foreach (ulong address in strings) stack.AddWord(address);
        stack.AddWord(0);
        stack.AddWord(0);
        stack.AddAuxiliary(AuxiliaryType.Entry, 0x40_0000);
        stack.AddAuxiliary(AuxiliaryType.End, 0);
        Assert.True(stack.Finish(out ulong pointer));
        Assert.Equal(0ul, pointer % 16);
        Assert.Equal((ulong)count, WordAt(stack, pointer));
        for (int index = 0; index < count; index++)
            Assert.Equal("argument-" + index, StringAt(stack, WordAt(stack, pointer + 8 + (8 * (ulong)index))));
        ulong auxiliary = pointer + 8 + (8 * (ulong)count) + 16;
        Assert.Equal(9ul, WordAt(stack, auxiliary));
        Assert.Equal(0x40_0000ul, WordAt(stack, auxiliary + 8));
        Assert.Equal(0ul, WordAt(stack, auxiliary + 16));
        Assert.Equal(pointer, stack.BaseAddress + (ulong)stack.FirstUsedByte);
    }

    [Fact]
    [Rule("RT:C7")]
    public void Arguments_beyond_32_KiB_are_refused()
    {
        StackImage stack = new();
        stack.Begin(Top);
        stack.AddString(new string('x', StackImage.MaxBytes - 1));
        stack.AddWord(1);
        Assert.False(stack.Finish(out _));
        stack.Begin(Top);
        stack.AddString(new string('x', StackImage.MaxBytes));
        Assert.False(stack.Finish(out _));
        stack.Begin(Top);
        for (int word = 0; word < 513; word++) stack.AddWord(1);
        Assert.False(stack.Finish(out _));
        stack.Begin(Top);
        stack.AddWord(0);
        Assert.True(stack.Finish(out _));
    }

    [Fact]
    [Rule("RT:C7")]
    public void Strings_are_UTF_8_and_end_with_a_zero_byte()
    {
        StackImage stack = new();
        stack.Begin(Top);
        ulong address = stack.AddString("ümlaut € 𝄞");
        byte[] expected = [.. Encoding.UTF8.GetBytes("ümlaut € 𝄞"), 0];
        Assert.Equal(expected, stack.Bytes.AsSpan((int)(address - stack.BaseAddress), expected.Length).ToArray());
        Assert.Equal(Top, address + (ulong)expected.Length);
    }

    [Fact]
    public void Nothing_of_the_last_child_is_left()
    {
        StackImage stack = new();
        stack.Begin(Top);
        stack.AddString("secret");
        stack.Begin(Top);
        stack.AddWord(0);
        Assert.True(stack.Finish(out _));
        Assert.DoesNotContain(stack.Bytes, value => value != 0);
    }

    [Fact]
    public void Random_bytes_follow_from_the_seed_alone()
    {
        StackImage stack = new();
        stack.Begin(Top);
        ulong first = stack.AddRandom(1);
        ulong second = stack.AddRandom(1);
        ulong third = stack.AddRandom(2);
        Assert.Equal(WordAt(stack, first), WordAt(stack, second));
        Assert.NotEqual(WordAt(stack, first), WordAt(stack, third));
        Assert.NotEqual(0ul, WordAt(stack, first + 8));
    }
}
