// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;
using Sel4.Abi;
using Sel4.RootServer;
using Sel4.Rpc;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>Makes the process of a test: objects, capabilities, program, start-up page, stack, thread. TD:§3.</summary>
internal sealed class TestLoader(OwnResources own, DriverClock clock)
{
    private const int EndpointCount = 3;
    private static readonly BadgeClass[] s_classes = [BadgeClass.Service, BadgeClass.Fault, BadgeClass.Exit];
    private static readonly byte[] s_name = new byte[TestLimits.MaxNameBytes];
    private readonly OwnResources _own = own;
    private readonly DriverClock _clock = clock;
    private readonly SpaceLoader _loader = new(own.Scratch);
    private readonly ElfImage _image = new();
    private readonly StackImage _stack = new();
    private readonly ulong[] _registers = new ulong[AbiConstants.UserRegisterCount];
    private readonly string _endpointText = ChildSlot.Service.ToString();
    private readonly string _pageText = ChildPlaces.StartupPage.ToString();
    private readonly uint _tscMegahertz = ProcessEnvironment.BootInfo.TscMegahertz;

    /// <summary>What the kernel said, when it was the kernel that refused.</summary>
    public Sel4Error KernelError => _loader.KernelError;

    /// <summary>Makes the process ready to run one test; null when it worked, else what went wrong.</summary>
    /// <remarks>After a failure the caller takes everything back, as after the test's end.</remarks>
    public string? Load(TestChild child, ReadOnlySpan<byte> file, TestInfo test, ulong seed, ResourceServer server)
    {
        const ulong OverheadBytes = 32 * 4096;
        _loader.Begin();
        string? problem = _image.Parse(file);
        if (problem != null) return problem;
        ulong cnodeBytes = 1ul << (TestChild.CNodeRadix + AbiConstants.SlotSizeBits);
        child.Arena.Expect(cnodeBytes + (((ulong)_image.PageCount + ChildPlaces.StackPages) * 4096) + OverheadBytes);
        problem = MakeObjects(child) ?? MakeEndpoints(child) ?? CutMemory(child) ?? FillCSpace(child);
        if (problem != null) return problem;
        ulong slots = 1ul << TestChild.CNodeRadix;
        server.SetSpace(
            child.Session,
            new ChildSpace(new CapabilityPointer(child.CNode), TestChild.CNodeRadix, slots - ChildPlaces.GrantSlots, slots));
        problem = _loader.LoadProgram(child.Arena, child.VSpace, _image, file) ?? MakeStartupPage(child, test, seed);
        if (problem != null) return problem;
        problem = MakeStack(child, seed, out ulong stackPointer);
        return problem ?? MakeThread(child, stackPointer);
    }

    private string? MakeObjects(TestChild child)
    {
        Arena arena = child.Arena;
        if (!arena.TryCreate(ObjectType.CNode, TestChild.CNodeRadix, out uint cnode)) return "no memory for its CNode";
        child.CNode = cnode;
        if (!arena.TryCreate(ObjectType.Pml4, 0, out uint vspace)) return "no memory for its address space";
        child.VSpace = vspace;
        if (!arena.TryCreate(ObjectType.Tcb, 0, out uint tcb)) return "no memory for its thread";
        child.Tcb = tcb;
        if (!arena.TryCreate(ObjectType.Notification, 0, out uint timer)) return "no memory for its timer notification";
        child.Timer = timer;
        return _loader.Refused(
            InitialThread.AsidPool.Assign(new Cap<Pml4>(vspace)), "there is no address space number for it");
    }

    /// <summary>The driver keeps an original of each, so that it can take all copies back.</summary>
    private string? MakeEndpoints(TestChild child)
    {
        if (!_own.Space.Slots.TryAllocateRun(EndpointCount, out uint first)) return "no capability slots for its endpoints";
        child.Endpoints = first;
        for (uint index = 0; index < EndpointCount; index++)
        {
            Sel4Error error = OwnCSpace.Mint(
                first + index, new CapabilityPointer(_own.Endpoint), CapRights.All, child.BadgeOf(s_classes[index]));
            if (!error.IsOk) return _loader.Refused(error, "its endpoint could not be made");
        }

        return null;
    }

    private string? CutMemory(TestChild child)
    {
        Sel4Error error = default;
        for (uint index = 0; index < TestChild.UntypedBits.Length && error.IsOk; index++)
            error = OwnCSpace.Retype(child.Memory.Slot, ObjectType.Untyped, TestChild.UntypedBits[index], child.Pieces + index, 1);
        return _loader.Refused(error, "the memory for its own use could not be cut");
    }

    private string? FillCSpace(TestChild child)
    {
        const CapRights Client = CapRights.Write | CapRights.GrantReply;
        int radix = TestChild.CNodeRadix;
        ulong guard = new CNodeGuard(0, AbiConstants.WordBits - radix).Word;
        uint cnode = child.CNode;
        Sel4Error error = OwnCSpace.MintInto(cnode, radix, ChildSlot.CNode, new CapabilityPointer(cnode), CapRights.All, guard);
        Give(child, ChildSlot.Service, child.Endpoints, Client, ref error);
        Give(child, ChildSlot.FaultHandler, child.Endpoints + 1, Client, ref error);
        Give(child, ChildSlot.Exit, child.Endpoints + 2, Client, ref error);
        Give(child, ChildSlot.VSpace, child.VSpace, CapRights.All, ref error);
        Give(child, ChildSlot.Tcb, child.Tcb, CapRights.All, ref error);
        Give(child, ChildSlot.AsidPool, (uint)InitialSlot.AsidPool, CapRights.All, ref error);
        Give(child, ChildPlaces.AsidControl, (uint)InitialSlot.AsidControl, CapRights.All, ref error);
        Give(child, ChildPlaces.Domain, (uint)InitialSlot.Domain, CapRights.All, ref error);
        Give(child, ChildPlaces.TimerNotification, child.Timer, CapRights.All, ref error);
        if (child.DeviceFrame != 0) Give(child, ChildPlaces.DeviceFrame, child.DeviceFrame, CapRights.All, ref error);
        // A copy of untyped memory could not be used while the original has children, and would be one: so the pieces move.
        for (uint index = 0; index < TestChild.UntypedBits.Length && error.IsOk; index++)
            error = CNodeInvocation.Move(
                new CapabilityPointer(cnode), ChildPlaces.FirstUntyped + index, (ulong)radix, child.Pieces + index, AbiConstants.WordBits,
                OwnCSpace.Root);
        return _loader.Refused(error, "its capabilities could not be installed");
    }

    private static void Give(TestChild child, ulong index, uint source, CapRights rights, ref Sel4Error error)
    {
        if (error.IsOk) error = OwnCSpace.CopyInto(child.CNode, TestChild.CNodeRadix, index, new CapabilityPointer(source), rights);
    }

    private string? MakeStartupPage(TestChild child, TestInfo test, ulong seed)
    {
        if (!child.Arena.TryCreate(ObjectType.SmallPage, 0, out uint frame)) return "no memory for its start-up page";
        child.StartupFrame = frame;
        Sel4Error error = _own.Scratch.Open(frame, out Span<byte> page);
        if (!error.IsOk) return _loader.Refused(error, "its start-up page could not be filled");
        FillStartupPage(child, page, test, seed);
        _own.Scratch.Close(frame);
        return _loader.MapPage(child.Arena, child.VSpace, frame, ChildPlaces.StartupPage, CapRights.ReadWrite);
    }

    private void FillStartupPage(TestChild child, Span<byte> page, TestInfo test, ulong seed)
    {
        ulong slots = 1ul << TestChild.CNodeRadix;
        StartupPage.SetWord(page, StartupPage.MagicOffset, StartupPage.Magic);
        StartupPage.SetWord(page, StartupPage.CNode, ChildSlot.CNode);
        StartupPage.SetWord(page, StartupPage.VSpace, ChildSlot.VSpace);
        StartupPage.SetWord(page, StartupPage.Tcb, ChildSlot.Tcb);
        StartupPage.SetWord(page, StartupPage.TimerNotification, ChildPlaces.TimerNotification);
        StartupPage.SetWord(page, StartupPage.Domain, ChildPlaces.Domain);
        StartupPage.SetWord(page, StartupPage.AsidPool, ChildSlot.AsidPool);
        StartupPage.SetWord(page, StartupPage.AsidControl, ChildPlaces.AsidControl);
        StartupPage.SetWord(page, StartupPage.DeviceFrame, child.DeviceFrame == 0 ? 0 : ChildPlaces.DeviceFrame);
        StartupPage.SetWord(page, StartupPage.CNodeBits, TestChild.CNodeRadix);
        StartupPage.SetWord(page, StartupPage.FreeStart, ChildPlaces.FirstFree);
        StartupPage.SetWord(page, StartupPage.FreeEnd, slots - ChildPlaces.GrantSlots);
        StartupPage.SetWord(page, StartupPage.UntypedStart, ChildPlaces.FirstUntyped);
        StartupPage.SetWord(page, StartupPage.UntypedEnd, ChildPlaces.FirstUntyped + (ulong)TestChild.UntypedBits.Length);
        TestChild.UntypedBits.AsSpan().CopyTo(page.Slice(StartupPage.UntypedBits));
        StartupPage.SetWord(page, StartupPage.Priority, ChildPlaces.Priority);
        StartupPage.SetWord(page, StartupPage.MaxPriority, ChildPlaces.MaxPriority);
        StartupPage.SetWord(page, StartupPage.StackBottom, ChildPlaces.StackBottom);
        StartupPage.SetWord(page, StartupPage.StackPages, ChildPlaces.StackPages);
        StartupPage.SetWord(page, StartupPage.TscMegahertz, _tscMegahertz);
        StartupPage.SetWord(page, StartupPage.Cores, 1);
        StartupPage.SetWord(page, StartupPage.Seed, seed);
        StartupPage.SetWord(page, StartupPage.HasTimer, _clock.IsThere ? 1ul : 0);
        int regions = Math.Min(_image.SegmentCount, StartupPage.MaxRegions);
        StartupPage.SetWord(page, StartupPage.RegionCount, (ulong)regions);
        for (int index = 0; index < regions; index++)
        {
            StartupPage.SetWord(page, StartupPage.Regions + (16 * index), _image.Segment(index).FirstPage);
            StartupPage.SetWord(page, StartupPage.Regions + (16 * index) + 8, _image.Segment(index).EndPage);
        }

        int bytes = Encoding.UTF8.GetBytes(test.Name.AsSpan(), page.Slice(StartupPage.Name, TestLimits.MaxNameBytes));
        StartupPage.SetWord(page, StartupPage.NameBytes, (ulong)bytes);
    }

    private string? MakeStack(TestChild child, ulong seed, out ulong stackPointer)
    {
        ulong slots = 1ul << TestChild.CNodeRadix;
        _stack.Begin(ChildLayout.StackTop);
        // As sel4test's children get it: the endpoint and the address of the page, in decimal (TD:§3).
        ulong endpoint = _stack.AddString(_endpointText);
        ulong page = _stack.AddString(_pageText);
        ulong random = _stack.AddRandom(seed);
        _stack.AddWord(2);
        _stack.AddWord(endpoint);
        _stack.AddWord(page);
        _stack.AddWord(0);
        _stack.AddWord(0);
        _stack.AddAuxiliary(AuxiliaryType.ProgramHeaders, _image.ProgramHeaderAddress);
        _stack.AddAuxiliary(AuxiliaryType.ProgramHeaderSize, (ulong)ElfImage.ProgramHeaderSize);
        _stack.AddAuxiliary(AuxiliaryType.ProgramHeaderCount, (ulong)_image.ProgramHeaderCount);
        _stack.AddAuxiliary(AuxiliaryType.PageSize, 4096);
        _stack.AddAuxiliary(AuxiliaryType.Entry, _image.EntryPoint);
        _stack.AddAuxiliary(AuxiliaryType.RandomBytes, random);
        _stack.AddAuxiliary(AuxiliaryType.IpcBufferAddress, ChildLayout.IpcBufferPage);
        _stack.AddAuxiliary(AuxiliaryType.Tcb, ChildSlot.Tcb);
        _stack.AddAuxiliary(AuxiliaryType.CNode, ChildSlot.CNode);
        _stack.AddAuxiliary(AuxiliaryType.VSpace, ChildSlot.VSpace);
        _stack.AddAuxiliary(AuxiliaryType.StartupPage, ChildPlaces.StartupPage);
        _stack.AddAuxiliary(AuxiliaryType.RpcEndpoint, ChildSlot.Service);
        _stack.AddAuxiliary(AuxiliaryType.RpcMagic, (ulong)TestCode.Rpc);
        _stack.AddAuxiliary(AuxiliaryType.RpcFeatures, RpcServer.EnvironmentOf(child.Session.Features));
        _stack.AddAuxiliary(AuxiliaryType.GrantWindowStart, slots - ChildPlaces.GrantSlots);
        _stack.AddAuxiliary(AuxiliaryType.GrantWindowEnd, slots);
        _stack.AddAuxiliary(AuxiliaryType.Seed, seed);
        _stack.AddAuxiliary(AuxiliaryType.ExitEndpoint, ChildSlot.Exit);
        _stack.AddAuxiliary(AuxiliaryType.End, 0);
        if (!_stack.Finish(out stackPointer)) return "its arguments do not fit";
        string? problem = _loader.LoadStack(child.Arena, child.VSpace, _stack, ChildPlaces.StackBottom, ChildLayout.StackTop);
        child.StackFrames = _loader.FirstStackFrame;
        return problem;
    }

    private string? MakeThread(TestChild child, ulong stackPointer)
    {
        if (!child.Arena.TryCreate(ObjectType.SmallPage, 0, out uint buffer)) return "no memory for its IPC buffer";
        child.IpcBuffer = buffer;
        string? problem = _loader.MapPage(child.Arena, child.VSpace, buffer, ChildLayout.IpcBufferPage, CapRights.ReadWrite);
        if (problem != null) return problem;
        Cap<Tcb> tcb = new(child.Tcb);
        CNodeGuard guard = new(0, AbiConstants.WordBits - TestChild.CNodeRadix);
        Sel4Error error = tcb.Configure(
            new CapabilityPointer(ChildSlot.FaultHandler), guard, 0, ChildLayout.IpcBufferPage, new Cap<CNode>(child.CNode),
            new Cap<Pml4>(child.VSpace), new Cap<Frame>(buffer));
        if (error.IsOk) error = tcb.SetSchedParams(ChildPlaces.MaxPriority, ChildPlaces.Priority, InitialThread.Tcb);
        _registers[(int)UserRegister.Rip] = _image.EntryPoint;
        _registers[(int)UserRegister.Rsp] = stackPointer;
        _registers[(int)UserRegister.FsBase] = ThreadArea.Of(ChildLayout.IpcBufferPage);
        if (error.IsOk) error = tcb.WriteRegisters(_registers);
        return _loader.Refused(error, "its thread could not be set up");
    }

    /// <summary>Gives the test's thread the test's name, for messages of the kernel.</summary>
    public static void Name(TestChild child, TestInfo test)
    {
        int length = Math.Min(test.Name.Length, 15);
        for (int index = 0; index < length; index++) s_name[index] = (byte)test.Name[index];
        Syscall.DebugNameThread(new Cap<Tcb>(child.Tcb), new ReadOnlySpan<byte>(s_name, 0, length));
    }
}
