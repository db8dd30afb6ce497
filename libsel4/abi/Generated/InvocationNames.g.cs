// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of InvocationLabel as UTF-8 text.</summary>
public static class InvocationNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(InvocationLabel value) => value switch
    {
        InvocationLabel.UntypedRetype => "Untyped_Retype"u8,
        InvocationLabel.TcbReadRegisters => "Tcb_ReadRegisters"u8,
        InvocationLabel.TcbWriteRegisters => "Tcb_WriteRegisters"u8,
        InvocationLabel.TcbCopyRegisters => "Tcb_CopyRegisters"u8,
        InvocationLabel.TcbConfigure => "Tcb_Configure"u8,
        InvocationLabel.TcbSetPriority => "Tcb_SetPriority"u8,
        InvocationLabel.TcbSetMcPriority => "Tcb_SetMcPriority"u8,
        InvocationLabel.TcbSetSchedParams => "Tcb_SetSchedParams"u8,
        InvocationLabel.TcbSetIpcBuffer => "Tcb_SetIpcBuffer"u8,
        InvocationLabel.TcbSetSpace => "Tcb_SetSpace"u8,
        InvocationLabel.TcbSuspend => "Tcb_Suspend"u8,
        InvocationLabel.TcbResume => "Tcb_Resume"u8,
        InvocationLabel.TcbBindNotification => "Tcb_BindNotification"u8,
        InvocationLabel.TcbUnbindNotification => "Tcb_UnbindNotification"u8,
        InvocationLabel.TcbSetTlsBase => "Tcb_SetTlsBase"u8,
        InvocationLabel.TcbSetFlags => "Tcb_SetFlags"u8,
        InvocationLabel.CNodeRevoke => "CNode_Revoke"u8,
        InvocationLabel.CNodeDelete => "CNode_Delete"u8,
        InvocationLabel.CNodeCancelBadgedSends => "CNode_CancelBadgedSends"u8,
        InvocationLabel.CNodeCopy => "CNode_Copy"u8,
        InvocationLabel.CNodeMint => "CNode_Mint"u8,
        InvocationLabel.CNodeMove => "CNode_Move"u8,
        InvocationLabel.CNodeMutate => "CNode_Mutate"u8,
        InvocationLabel.CNodeRotate => "CNode_Rotate"u8,
        InvocationLabel.CNodeSaveCaller => "CNode_SaveCaller"u8,
        InvocationLabel.IrqControlGet => "IrqControl_Get"u8,
        InvocationLabel.IrqHandlerAck => "IrqHandler_Ack"u8,
        InvocationLabel.IrqHandlerSetNotification => "IrqHandler_SetNotification"u8,
        InvocationLabel.IrqHandlerClear => "IrqHandler_Clear"u8,
        InvocationLabel.DomainSetSet => "DomainSet_Set"u8,
        InvocationLabel.DomainSetScheduleConfigure => "DomainSet_ScheduleConfigure"u8,
        InvocationLabel.DomainSetScheduleSetStart => "DomainSet_ScheduleSetStart"u8,
        InvocationLabel.X86PdptMap => "X86Pdpt_Map"u8,
        InvocationLabel.X86PdptUnmap => "X86Pdpt_Unmap"u8,
        InvocationLabel.X86PageDirectoryMap => "X86PageDirectory_Map"u8,
        InvocationLabel.X86PageDirectoryUnmap => "X86PageDirectory_Unmap"u8,
        InvocationLabel.X86PageTableMap => "X86PageTable_Map"u8,
        InvocationLabel.X86PageTableUnmap => "X86PageTable_Unmap"u8,
        InvocationLabel.X86PageMap => "X86Page_Map"u8,
        InvocationLabel.X86PageUnmap => "X86Page_Unmap"u8,
        InvocationLabel.X86PageGetAddress => "X86Page_GetAddress"u8,
        InvocationLabel.X86AsidControlMakePool => "X86AsidControl_MakePool"u8,
        InvocationLabel.X86AsidPoolAssign => "X86AsidPool_Assign"u8,
        InvocationLabel.X86IoPortControlIssue => "X86IoPortControl_Issue"u8,
        InvocationLabel.X86IoPortIn8 => "X86IoPort_In8"u8,
        InvocationLabel.X86IoPortIn16 => "X86IoPort_In16"u8,
        InvocationLabel.X86IoPortIn32 => "X86IoPort_In32"u8,
        InvocationLabel.X86IoPortOut8 => "X86IoPort_Out8"u8,
        InvocationLabel.X86IoPortOut16 => "X86IoPort_Out16"u8,
        InvocationLabel.X86IoPortOut32 => "X86IoPort_Out32"u8,
        InvocationLabel.IrqControlGetIoApic => "IrqControl_GetIoApic"u8,
        InvocationLabel.IrqControlGetMsi => "IrqControl_GetMsi"u8,
        _ => "?"u8,
    };
}
