// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Makes a child: objects, CSpace, program, stack, registers. All or nothing (RT:L1).</summary>
public sealed class ChildLoader(OwnCSpace space, ScratchWindow scratch, uint endpoint)
{
    /// <summary>Number of badged endpoint capabilities that the server keeps for each child.</summary>
    public const int EndpointCount = 3;

    private const int MaxStrings = 64;
    private const ulong PageBytes = 4096;

    /// <summary>Paging structures and rounding that a child needs beyond its pages.</summary>
    private const ulong OverheadBytes = 16 * PageBytes;

    private readonly OwnCSpace _space = space;
    private readonly SpaceLoader _loader = new(scratch);
    private readonly uint _endpoint = endpoint;
    private readonly ElfImage _image = new();
    private readonly StackImage _stack = new();
    private readonly ulong[] _arguments = new ulong[MaxStrings];
    private readonly ulong[] _environment = new ulong[MaxStrings];
    private readonly ulong[] _registers = new ulong[AbiConstants.UserRegisterCount];

    /// <summary>What the kernel said, when it was the kernel that refused during the last <see cref="Load"/>.</summary>
    public Sel4Error KernelError => _loader.KernelError;

    /// <summary>Makes <paramref name="child"/> ready to run the program; null when it worked, else what went wrong.</summary>
    /// <remarks>After a failure the caller gives the child's arena and endpoint capabilities back, as after its end.</remarks>
    public string? Load(Child child, ReadOnlySpan<byte> file, ResourceServer server)
    {
        _loader.Begin(child.Injector);
        ChildDescription description = child.Description;
        if (description.Arguments.Count > MaxStrings) return "it has more than 64 arguments";
        if (description.Environments.Count > MaxStrings) return "it has more than 64 environment variables";
        if (description.StackBytes > ChildLayout.MaxStackBytes) return "its stack does not fit below its program";
        string? problem = _image.Parse(file);
        if (problem != null) return problem;
        ulong cnodeBytes = 1ul << (RadixOf(child) + AbiConstants.SlotSizeBits);
        child.Arena.Expect(cnodeBytes + ((ulong)_image.PageCount * PageBytes) + description.StackBytes + OverheadBytes);
        problem = MakeObjects(child) ?? MakeEndpoints(child) ?? FillCSpace(child);
        if (problem != null) return problem;
        int radix = RadixOf(child);
        server.SetSpace(
            child.Session, new ChildSpace(new CapabilityPointer(child.CNode), radix, ChildLayout.FirstGrantSlot, 1ul << radix));
        problem = _loader.LoadProgram(child.Arena, child.VSpace, _image, file);
        if (problem != null) return problem;
        problem = MakeStack(child, out ulong stackPointer);
        return problem ?? MakeThread(child, stackPointer);
    }

    private static int RadixOf(Child child) => (int)child.Description.CnodeBits;

    private string? MakeObjects(Child child)
    {
        Arena arena = child.Arena;
        if (!arena.TryCreate(ObjectType.CNode, RadixOf(child), out uint cnode)) return "no memory for its CNode";
        if (!arena.TryCreate(ObjectType.Pml4, 0, out uint vspace)) return "no memory for its address space";
        if (!arena.TryCreate(ObjectType.Tcb, 0, out uint tcb)) return "no memory for its thread";
        child.CNode = cnode;
        child.VSpace = vspace;
        child.Tcb = tcb;
        Sel4Error error = X86AsidPoolInvocation.Assign(new CapabilityPointer(InitialSlot.AsidPool), new CapabilityPointer(vspace));
        return _loader.Refused(error, "there is no address space number for it");
    }

    /// <summary>Makes the three badged copies of the endpoint that the server keeps, each an original for the child's copy.</summary>
    private string? MakeEndpoints(Child child)
    {
        if (!_space.Slots.TryAllocateRun(EndpointCount, out uint first)) return "no capability slots for its endpoints";
        child.BadgedEndpoints = first;
        BadgeClass[] classes = s_classes;
        for (uint index = 0; index < EndpointCount; index++)
        {
            Sel4Error error = OwnCSpace.Mint(
                first + index, new CapabilityPointer(_endpoint), CapRights.All, child.BadgeOf(classes[index]));
            if (!error.IsOk) return _loader.Refused(error, "its endpoint could not be made");
        }

        return null;
    }

    private static readonly BadgeClass[] s_classes = [BadgeClass.Service, BadgeClass.Fault, BadgeClass.Exit];

    private string? FillCSpace(Child child)
    {
        const CapRights Client = CapRights.Write | CapRights.GrantReply;
        int radix = RadixOf(child);
        ulong guard = new CNodeGuard(0, AbiConstants.WordBits - radix).Word;
        uint cnode = child.CNode;
        Sel4Error error = OwnCSpace.MintInto(cnode, radix, ChildSlot.CNode, new CapabilityPointer(cnode), CapRights.All, guard);
        if (error.IsOk) error = Give(child, ChildSlot.FaultHandler, child.BadgedEndpoints + 1, Client);
        if (error.IsOk) error = Give(child, ChildSlot.VSpace, child.VSpace, CapRights.All);
        if (error.IsOk) error = Give(child, ChildSlot.Tcb, child.Tcb, CapRights.All);
        if (error.IsOk) error = Give(child, ChildSlot.Service, child.BadgedEndpoints, Client);
        if (error.IsOk) error = Give(child, ChildSlot.Exit, child.BadgedEndpoints + 2, Client);
        return _loader.Refused(error, "its capabilities could not be installed");
    }

    private static Sel4Error Give(Child child, ulong index, uint source, CapRights rights) =>
        OwnCSpace.CopyInto(child.CNode, RadixOf(child), index, new CapabilityPointer(source), rights);

    private string? MakeStack(Child child, out ulong stackPointer)
    {
        BuildStack(child);
        if (!_stack.Finish(out stackPointer)) return "its arguments take more than 32 KiB";
        string? problem = _loader.LoadStack(
            child.Arena, child.VSpace, _stack, ChildLayout.StackTop - child.Description.StackBytes, ChildLayout.StackTop);
        child.StackFrames = _loader.FirstStackFrame;
        return problem;
    }

    private void BuildStack(Child child)
    {
        _stack.Begin(ChildLayout.StackTop);
        ulong name = _stack.AddString(child.Description.Program);
        List<string> arguments = child.Description.Arguments;
        List<string> environment = child.Description.Environments;
        for (int index = 0; index < arguments.Count; index++) _arguments[index] = _stack.AddString(arguments[index]);
        for (int index = 0; index < environment.Count; index++) _environment[index] = _stack.AddString(environment[index]);
        ulong seed = child.BadgeOf(BadgeClass.Service);
        ulong random = _stack.AddRandom(seed);
        _stack.AddWord((ulong)arguments.Count + 1);
        _stack.AddWord(name);
        for (int index = 0; index < arguments.Count; index++) _stack.AddWord(_arguments[index]);
        _stack.AddWord(0);
        for (int index = 0; index < environment.Count; index++) _stack.AddWord(_environment[index]);
        _stack.AddWord(0);
        _stack.AddAuxiliary(AuxiliaryType.ProgramHeaders, _image.ProgramHeaderAddress);
        _stack.AddAuxiliary(AuxiliaryType.ProgramHeaderSize, (ulong)ElfImage.ProgramHeaderSize);
        _stack.AddAuxiliary(AuxiliaryType.ProgramHeaderCount, (ulong)_image.ProgramHeaderCount);
        _stack.AddAuxiliary(AuxiliaryType.PageSize, PageBytes);
        _stack.AddAuxiliary(AuxiliaryType.Entry, _image.EntryPoint);
        _stack.AddAuxiliary(AuxiliaryType.RandomBytes, random);
        _stack.AddAuxiliary(AuxiliaryType.IpcBufferAddress, ChildLayout.IpcBufferPage);
        _stack.AddAuxiliary(AuxiliaryType.Tcb, ChildSlot.Tcb);
        _stack.AddAuxiliary(AuxiliaryType.CNode, ChildSlot.CNode);
        _stack.AddAuxiliary(AuxiliaryType.VSpace, ChildSlot.VSpace);
        _stack.AddAuxiliary(AuxiliaryType.RpcEndpoint, ChildSlot.Service);
        _stack.AddAuxiliary(AuxiliaryType.RpcMagic, ResourceServer.Magic);
        _stack.AddAuxiliary(AuxiliaryType.RpcFeatures, RpcServer.EnvironmentOf(child.Session.Features));
        _stack.AddAuxiliary(AuxiliaryType.GrantWindowStart, ChildLayout.FirstGrantSlot);
        _stack.AddAuxiliary(AuxiliaryType.GrantWindowEnd, 1ul << RadixOf(child));
        _stack.AddAuxiliary(AuxiliaryType.Seed, seed);
        _stack.AddAuxiliary(AuxiliaryType.ExitEndpoint, ChildSlot.Exit);
        _stack.AddAuxiliary(AuxiliaryType.End, 0);
    }

    private string? MakeThread(Child child, ulong stackPointer)
    {
        if (!child.Arena.TryCreate(ObjectType.SmallPage, 0, out uint buffer)) return "no memory for its IPC buffer";
        string? problem = _loader.MapPage(child.Arena, child.VSpace, buffer, ChildLayout.IpcBufferPage, CapRights.ReadWrite);
        if (problem != null) return problem;

        CapabilityPointer tcb = new(child.Tcb);
        Sel4Error error = TcbInvocation.Configure(
            tcb, new CapabilityPointer(ChildSlot.FaultHandler), new CNodeGuard(0, AbiConstants.WordBits - RadixOf(child)), 0,
            ChildLayout.IpcBufferPage, new CapabilityPointer(child.CNode), new CapabilityPointer(child.VSpace),
            new CapabilityPointer(buffer));
        if (error.IsOk) error = TcbInvocation.SetSchedParams(
                tcb, child.Description.MaxPriority, child.Description.Priority, new CapabilityPointer(InitialSlot.Tcb));
        if (error.IsOk) error = WriteFirstRegisters(tcb, stackPointer);
        if (!error.IsOk) return _loader.Refused(error, "its thread could not be set up");
        child.State = ChildState.Loaded;
        return null;
    }

    private Sel4Error WriteFirstRegisters(CapabilityPointer tcb, ulong stackPointer)
    {
        // Words that are not named stay zero; the kernel turns flags of 0 into 0x202 (ABI §10.3).
        ulong[] registers = _registers;
        registers[(int)UserRegister.Rip] = _image.EntryPoint;
        registers[(int)UserRegister.Rsp] = stackPointer;
        registers[(int)UserRegister.FsBase] = ThreadArea.Of(ChildLayout.IpcBufferPage);
        return new Cap<Tcb>(tcb).WriteRegisters(registers);
    }
}
