// SPDX-License-Identifier: BSD-2-Clause

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Kernel.Core;
using Kernel.X64;
using Sel4.Tests.Abi;
using Xunit;

namespace Kernel.Tests.Layout;

/// <summary>Assembly and C# of the machine layer agree on what they share; the assembler cannot see C# and the other way round.</summary>
public sealed partial class TrapAssemblyTests
{
    private const string Folder = "kernel/machine/pc99/";

    private static string Read(string file) => File.ReadAllText(Path.Combine(RepositoryRoot.Find(), Folder + file));

    private static Dictionary<string, long> Constants(string assembly) =>
        SetDirective().Matches(assembly)
            .ToDictionary(match => match.Groups[1].Value, match => Number(match.Groups[2].Value));

    private static long Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            ? (long)ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s+\.set\s+([A-Z][A-Z0-9_]*), (-?\d\w*)", RegexOptions.Multiline)]
    private static partial Regex SetDirective();

    [GeneratedRegex(@"machine_symbols_table:\s*((?:\s*\.quad\s+[^\n]+\n)+)")]
    private static partial Regex SymbolTable();

    [GeneratedRegex(@"^    public ulong (\w+);", RegexOptions.Multiline)]
    private static partial Regex SymbolField();

    [GeneratedRegex(@"^kernel_state:\s+\.skip\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex StateRoom();

    [Fact]
    public void Trap_entry_stores_every_register_where_UserContext_says()
    {
        Dictionary<string, long> offsets = Constants(Read("Trap.S"));
        FieldInfo[] words = [.. typeof(UserContext).GetFields().Where(field => field.Name != nameof(UserContext.Count))];
        Assert.Equal(UserContext.Count, words.Length);
        foreach (FieldInfo word in words)
        {
            string name = word.Name switch
            {
                nameof(UserContext.FaultIp) => "AT_FAULT_IP",
                nameof(UserContext.ErrorCode) => "AT_ERROR",
                nameof(UserContext.FsBase) => "AT_FS_BASE",
                nameof(UserContext.GsBase) => "AT_GS_BASE",
                _ => "AT_" + word.Name.ToUpperInvariant(),
            };
            Assert.Equal(((int)word.GetRawConstantValue()! - UserContext.Count) * sizeof(ulong), offsets[name]);
        }
    }

    [Fact]
    public void Register_areas_end_where_the_processor_may_push()
    {
        // SDM 3A §6.14.2: in 64-bit mode the processor aligns the stack to 16 bytes before it pushes.
        Assert.Equal(0, (Tcb.RegistersOffset + (UserContext.Count * sizeof(ulong))) % 16);
        Assert.Equal(UserContext.Count, RegisterWords.Count);
    }

    [Fact]
    public void The_table_of_symbols_has_the_fields_of_ImageSymbols()
    {
        string table = SymbolTable().Match(Read("Trap.S")).Groups[1].Value;
        string[] symbols = [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(".quad", "").Trim())];
        string[] fields = [.. SymbolField().Matches(Read("ImageSymbols.cs")).Select(match => match.Groups[1].Value)];
        Assert.Equal(
            [
                ("GlobalDescriptorTable", "global_descriptor_table"), ("TaskState", "task_state"),
                ("InterruptDescriptorTable", "interrupt_descriptor_table"), ("TrapStubs", "trap_stubs"),
                ("SyscallEntry", "syscall_entry"), ("IdleLoop", "idle_loop"), ("KernelState", "kernel_state"),
                ("KernelStateBytes", "kernel_state_end - kernel_state"), ("Epitaph", "kernel_epitaph"),
                ("EpitaphBytes", "kernel_epitaph_end - kernel_epitaph"), ("KernelStackTop", "kernel_stack_top"),
                ("FaultStackTop", "fault_stack_top"), ("NmiStackTop", "nmi_stack_top"),
                ("MachineCheckStackTop", "machine_check_stack_top"), ("PageMapLevel4", "kernel_pml4"),
                ("DeviceTable", "kernel_device_table"), ("ImageStart", "image_load_start"), ("ImageEnd", "image_end"),
                ("HasHugePages", "boot_has_huge_pages + 0xffffffff80000000"),
                ("WindowGibibytes", "boot_window_gibibytes + 0xffffffff80000000"),
            ],
            fields.Zip(symbols));
        Assert.Equal(symbols.Length, fields.Length);
    }

    [Fact]
    public void The_kernel_state_fits_the_room_that_assembly_leaves_for_it()
    {
        int room = int.Parse(StateRoom().Match(Read("Trap.S")).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(System.Runtime.CompilerServices.Unsafe.SizeOf<KernelState>(), 1, room);
    }

    [Fact]
    public void The_stack_mapping_of_Boot_ends_where_the_link_script_says()
    {
        Dictionary<string, long> constants = Constants(Read("Boot.S"));
        string script = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "kernel/image/link.ld"));
        ulong top = 0xffffffffc0000000 + (4096 * (ulong)(constants["STACK_FIRST_PAGE"] + constants["STACK_PAGES"]));
        Assert.Contains($"kernel_stack_top = 0x{top:x};", script, StringComparison.Ordinal);
    }
}
