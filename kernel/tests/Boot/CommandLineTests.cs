// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Kernel.Core;
using Sel4.Tests;

namespace Kernel.Tests.Boot;

/// <summary>Words of the kernel's command line (boot sheet §3).</summary>
[Rule("BOOT-3")]
public sealed unsafe class CommandLineTests
{
    private const ulong DefaultPort = 0x3f8;

    [Theory]
    [InlineData("", DefaultPort)]
    [InlineData("kernel.elf", DefaultPort)]
    [InlineData("xconsole_port=1", DefaultPort)]
    [InlineData("console_port", DefaultPort)]
    [InlineData("console_port=", DefaultPort)]
    [InlineData("console_port=,1", DefaultPort)]
    [InlineData("console_port=0x", DefaultPort)]
    [InlineData("console_port=12z", DefaultPort)]
    [InlineData("console_port=65536", DefaultPort)]
    [InlineData("console_port=99999999999999999999999", DefaultPort)]
    [InlineData("console_port=f8", DefaultPort)]
    [InlineData("console_port=0", 0)]
    [InlineData("console_port=760", 0x2f8)]
    [InlineData("console_port=0x2F8", 0x2f8)]
    [InlineData("console_port=0x2f8,0x3f8", 0x2f8)]
    [InlineData("console_port=65535", 0xffff)]
    [InlineData("kernel.elf other=7 \t console_port=0x2f8\nmore", 0x2f8)]
    [InlineData("console_port=1 console_port=2", 2)]
    public void Console_port_is_the_first_number_of_its_list(string line, ulong port)
    {
        BootOptions options = Parse(line);
        Assert.Equal(port, options.ConsolePort);
        Assert.Equal(port != DefaultPort, options.HasConsolePort);
        Assert.Equal(DefaultPort, options.DebugPort);
        Assert.False(options.HasDebugPort);
    }

    [Fact]
    public void Debug_port_and_log_level_are_words_of_their_own()
    {
        BootOptions options = Parse("console_port=1 debug_port=0x2e8 loglevel=2");
        Assert.Equal((1ul, 0x2e8ul, 2ul), (options.ConsolePort, options.DebugPort, options.LogLevel));
        Assert.True(options.HasDebugPort);
    }

    [Theory]
    [InlineData("disable_iommu", true)]
    [InlineData("a disable_iommu b", true)]
    [InlineData("disable_iommu=1", false)]
    [InlineData("disable_iomm", false)]
    [InlineData("no", false)]
    public void Disable_iommu_is_a_bare_word(string line, bool isDisabled) =>
        Assert.Equal(isDisabled, Parse(line).IsIommuDisabled);

    [Fact]
    public void Reading_stops_at_the_limit()
    {
        BootOptions options = Parse("console_port=123", limit: "console_port=12".Length);
        Assert.Equal(12ul, options.ConsolePort);
    }

    private static BootOptions Parse(string line, int? limit = null)
    {
        BootOptions options = new() { ConsolePort = DefaultPort, DebugPort = DefaultPort };
        byte[] text = [.. Encoding.ASCII.GetBytes(line), 0, (byte)' ', (byte)'x'];
        fixed (byte* address = text) CommandLine.Parse((ulong)address, (ulong)(limit ?? text.Length), ref options);
        return options;
    }
}
