// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Abi;

namespace Sel4.Tests.Abi;

/// <summary>Packed words, name tables and argument counts.</summary>
public sealed class MessageShapeTests
{
    [Fact]
    [Rule("ABI-4.1")]
    public void MessageInfo_packs_its_fields_where_the_layout_says()
    {
        MessageInfo info = new(0xF_FFFF_FFFF_FFFF, 5, 2, 101);

        Assert.Equal(0xFFFF_FFFF_FFFF_F000UL | (5UL << 9) | (2UL << 7) | 101, info.Word);
        Assert.Equal((0xF_FFFF_FFFF_FFFFUL, 5, 2, 101), (info.Label, info.CapsUnwrapped, info.ExtraCaps, info.Length));
    }

    [Fact]
    [Rule("ABI-4.1")]
    public void MessageInfo_cuts_what_does_not_fit_and_keeps_neighbours()
    {
        Assert.Equal(0UL, new MessageInfo(0, 8, 4, 128).Word);
        Assert.Equal(0x7FUL, new MessageInfo(1UL << 52, 0, 0, 127).Word);
        Assert.Equal(ulong.MaxValue, MessageInfo.FromWord(ulong.MaxValue).Word);
        Assert.Equal((7, 3, 127), (MessageInfo.FromWord(0xFFF).CapsUnwrapped, MessageInfo.FromWord(0xFFF).ExtraCaps,
            MessageInfo.FromWord(0xFFF).Length));
    }

    [Fact]
    [Rule("ABI-4.3")]
    public void A_guard_keeps_value_and_size()
    {
        CNodeGuard guard = new(0x2A, 51);
        Assert.Equal((0x2AUL << 6) | 51, guard.Word);
        Assert.Equal((0x2AUL, 51), (guard.Guard, guard.GuardSize));
        Assert.Equal(63, CNodeGuard.FromWord(ulong.MaxValue).GuardSize);
        Assert.Equal(ulong.MaxValue >> 6, CNodeGuard.FromWord(ulong.MaxValue).Guard);
    }

    [Theory]
    [InlineData(InvocationLabel.UntypedRetype, 6, 1)]
    [InlineData(InvocationLabel.TcbReadRegisters, 2, 0)]
    [InlineData(InvocationLabel.TcbWriteRegisters, 2, 0)]
    [InlineData(InvocationLabel.TcbCopyRegisters, 1, 1)]
    [InlineData(InvocationLabel.TcbConfigure, 4, 3)]
    [InlineData(InvocationLabel.TcbSetPriority, 1, 1)]
    [InlineData(InvocationLabel.TcbSetMcPriority, 1, 1)]
    [InlineData(InvocationLabel.TcbSetSchedParams, 2, 1)]
    [InlineData(InvocationLabel.TcbSetIpcBuffer, 1, 1)]
    [InlineData(InvocationLabel.TcbSetSpace, 3, 2)]
    [InlineData(InvocationLabel.TcbSuspend, 0, 0)]
    [InlineData(InvocationLabel.TcbResume, 0, 0)]
    [InlineData(InvocationLabel.TcbBindNotification, 0, 1)]
    [InlineData(InvocationLabel.TcbUnbindNotification, 0, 0)]
    [InlineData(InvocationLabel.TcbSetTlsBase, 1, 0)]
    [InlineData(InvocationLabel.TcbSetFlags, 2, 0)]
    [InlineData(InvocationLabel.CNodeRevoke, 2, 0)]
    [InlineData(InvocationLabel.CNodeDelete, 2, 0)]
    [InlineData(InvocationLabel.CNodeCancelBadgedSends, 2, 0)]
    [InlineData(InvocationLabel.CNodeSaveCaller, 2, 0)]
    [InlineData(InvocationLabel.CNodeCopy, 5, 1)]
    [InlineData(InvocationLabel.CNodeMint, 6, 1)]
    [InlineData(InvocationLabel.CNodeMove, 4, 1)]
    [InlineData(InvocationLabel.CNodeMutate, 5, 1)]
    [InlineData(InvocationLabel.CNodeRotate, 8, 2)]
    [InlineData(InvocationLabel.IrqControlGet, 3, 1)]
    [InlineData(InvocationLabel.IrqControlGetIoApic, 7, 1)]
    [InlineData(InvocationLabel.IrqControlGetMsi, 7, 1)]
    [InlineData(InvocationLabel.IrqHandlerAck, 0, 0)]
    [InlineData(InvocationLabel.IrqHandlerSetNotification, 0, 1)]
    [InlineData(InvocationLabel.IrqHandlerClear, 0, 0)]
    [InlineData(InvocationLabel.DomainSetSet, 1, 1)]
    [InlineData(InvocationLabel.DomainSetScheduleConfigure, 3, 0)]
    [InlineData(InvocationLabel.DomainSetScheduleSetStart, 1, 0)]
    [InlineData(InvocationLabel.X86PdptMap, 2, 1)]
    [InlineData(InvocationLabel.X86PdptUnmap, 0, 0)]
    [InlineData(InvocationLabel.X86PageDirectoryMap, 2, 1)]
    [InlineData(InvocationLabel.X86PageTableMap, 2, 1)]
    [InlineData(InvocationLabel.X86PageMap, 3, 1)]
    [InlineData(InvocationLabel.X86PageUnmap, 0, 0)]
    [InlineData(InvocationLabel.X86PageGetAddress, 0, 0)]
    [InlineData(InvocationLabel.X86AsidControlMakePool, 2, 2)]
    [InlineData(InvocationLabel.X86AsidPoolAssign, 0, 1)]
    [InlineData(InvocationLabel.X86IoPortControlIssue, 4, 1)]
    [InlineData(InvocationLabel.X86IoPortIn8, 1, 0)]
    [InlineData(InvocationLabel.X86IoPortOut32, 2, 0)]
    [InlineData(InvocationLabel.Invalid, 0, 0)]
    [InlineData(InvocationLabel.Count, 0, 0)]
    [InlineData((InvocationLabel)ulong.MaxValue, 0, 0)]
    [Rule("ABI-10.2", "ABI-12", "ABI-13", "ABI-15", "ABI-17.4", "ABI-17.5", "ABI-18", "ABI-19", "ABI-20")]
    public void A_method_needs_its_words_and_capabilities(InvocationLabel label, int words, int capabilities)
    {
        Assert.Equal((words, capabilities), (InvocationShape.Words(label), InvocationShape.Capabilities(label)));
    }

    [Fact]
    public void Every_number_has_its_name_and_others_a_question_mark()
    {
        Assert.Equal("Tcb_SetMcPriority", Text(InvocationNames.Of(InvocationLabel.TcbSetMcPriority)));
        Assert.Equal("X86Page_Map", Text(InvocationNames.Of(InvocationLabel.X86PageMap)));
        Assert.Equal("?", Text(InvocationNames.Of((InvocationLabel)99)));
        Assert.Equal("NBRecv", Text(SystemCallNames.Of(SystemCall.NBRecv)));
        Assert.Equal("?", Text(SystemCallNames.Of((SystemCall)1)));
        Assert.Equal("VmFault", Text(FaultLabelNames.Of(FaultLabel.VmFault)));
        Assert.Equal("R15", Text(UserRegisterNames.Of(UserRegister.R15)));
        foreach (ObjectType type in Enum.GetValues<ObjectType>().Where(type => type != ObjectType.Count))
        {
            Assert.Equal(type.ToString(), Text(ObjectTypeNames.Of(type)));
        }

        foreach (ErrorCode code in Enum.GetValues<ErrorCode>())
        {
            Assert.Equal(code.ToString(), Text(ErrorCodeNames.Of(code)));
        }
    }

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);
}
