// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.InteropServices;
using System.Text;
using Sel4.Abi;

namespace Sel4.Tests.Client;

/// <summary>A child's first stack, the thread area, and the program's console.</summary>
public sealed unsafe class InitialStackTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(100, 1)]
    [Rule("RT:C7", "RT:C8")]
    public void Arguments_variables_and_auxiliary_values_are_found(int arguments, int variables)
    {
        using StackImage image = new(
            [.. Enumerable.Range(0, arguments).Select(i => $"arg{i} é")],
            [.. Enumerable.Range(0, variables).Select(i => $"name{i}=value{i}")],
            [(AuxiliaryType.IpcBufferAddress, 0x7000_0000), ((AuxiliaryType)4711, 1), (AuxiliaryType.RpcEndpoint, 8)]);
        InitialStack stack = new(image.StackPointer);

        Assert.Equal((arguments, variables), (stack.ArgumentCount, stack.VariableCount));
        for (int i = 0; i < arguments; i++)
        {
            Assert.Equal($"arg{i} é", Encoding.UTF8.GetString(stack.Argument(i)));
        }

        for (int i = 0; i < variables; i++)
        {
            Assert.Equal($"name{i}=value{i}", Encoding.UTF8.GetString(stack.Variable(i)));
        }

        Assert.Equal(0x7000_0000UL, stack.Auxiliary(AuxiliaryType.IpcBufferAddress));
        Assert.Equal(8UL, stack.Auxiliary(AuxiliaryType.RpcEndpoint));
        Assert.Equal(123UL, stack.Auxiliary(AuxiliaryType.Seed, 123));
    }

    [Fact]
    [Rule("RT:S4")]
    public void A_root_task_has_upstreams_argument_and_variable()
    {
        Assert.True(default(InitialStack).IsNull);
        Assert.Equal(0UL, default(InitialStack).Auxiliary(AuxiliaryType.Seed));
        Assert.Equal(["rootserver"], ProcessEnvironment.GetArguments());
        Assert.Equal("1", ProcessEnvironment.GetVariable("seL4"u8));
        Assert.Null(ProcessEnvironment.GetVariable("seL"u8));
        Assert.Null(ProcessEnvironment.GetVariable("other"u8));
        Assert.Equal(ProcessEnvironment.DefaultRpcMagic, ProcessEnvironment.RpcMagic);
    }

    [Theory]
    [InlineData((ulong)AuxiliaryType.ProgramHeaders, 3)]
    [InlineData((ulong)AuxiliaryType.PageSize, 6)]
    [InlineData((ulong)AuxiliaryType.Entry, 9)]
    [InlineData((ulong)AuxiliaryType.RandomBytes, 25)]
    [InlineData((ulong)AuxiliaryType.BootInfo, 64)]
    [InlineData((ulong)AuxiliaryType.IpcBufferAddress, 67)]
    [InlineData((ulong)AuxiliaryType.AsidPool, 72)]
    [InlineData((ulong)AuxiliaryType.StartupPage, 1000)]
    [InlineData((ulong)AuxiliaryType.ExitEndpoint, 1007)]
    [Rule("RT:C7")]
    public void Auxiliary_types_have_their_numbers(ulong type, ulong number) => Assert.Equal(number, type);

    [Fact]
    public void The_thread_area_lies_behind_the_buffer_and_names_both()
    {
        void* page = NativeMemory.AlignedAlloc(4096, 4096);
        ThreadArea.Fill((ulong)page, 0x5000);
        ulong* area = (ulong*)((byte*)page + 1024);
        Assert.Equal(0x5400UL, ThreadArea.Of(0x5000));
        Assert.Equal((0x5400UL, 0x5000UL, 0UL), (area[0], area[1], area[2]));
        NativeMemory.AlignedFree(page);
    }

    [Fact]
    [Rule("ABI-25")]
    public void Text_goes_to_the_kernel_byte_by_byte_unless_it_is_switched_off()
    {
        using ScriptedKernel kernel = new();
        List<byte> printed = [];
        kernel.Answer = (ref HostRegisters _, IpcBuffer _) => printed.Add((byte)kernel.Asked.Rdi);
        try
        {
            ProgramConsole.Write("hé\n"u8);
            Assert.Equal("hé\n"u8.ToArray(), printed);
            ProgramConsole.Target = ConsoleTarget.Nothing;
            ProgramConsole.Write("unseen"u8);
            Assert.Equal(4, printed.Count);
            ProgramConsole.Target = ConsoleTarget.LogEndpoint;
            ProgramConsole.Write("a child without endpoint"u8);
            Assert.Equal(4, printed.Count);
        }
        finally
        {
            ProgramConsole.Target = ConsoleTarget.Kernel;
        }
    }

    /// <summary>A System V stack in host memory.</summary>
    private sealed class StackImage : IDisposable
    {
        private readonly List<nint> _owned = [];

        internal StackImage(string[] arguments, string[] variables, (AuxiliaryType Type, ulong Value)[] auxiliary)
        {
            List<ulong> words = [(ulong)arguments.Length, .. arguments.Select(Text), 0, .. variables.Select(Text), 0];
            foreach ((AuxiliaryType type, ulong value) in auxiliary)
            {
                words.AddRange([(ulong)type, value]);
            }

            words.AddRange([0, 0]);
            ulong* stack = (ulong*)Marshal.AllocHGlobal(words.Count * sizeof(ulong));
            _owned.Add((nint)stack);
            for (int i = 0; i < words.Count; i++)
            {
                stack[i] = words[i];
            }

            StackPointer = (ulong)stack;
        }

        internal ulong StackPointer { get; }

        public void Dispose() => _owned.ForEach(Marshal.FreeHGlobal);

        private ulong Text(string text)
        {
            nint memory = Marshal.StringToCoTaskMemUTF8(text);
            return (ulong)memory;
        }
    }
}
