// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>What answers on the service endpoint: words in, words out, perhaps a capability.</summary>
/// <param name="words">The 120 message words.</param>
/// <param name="hasCapability">Whether a capability goes with the answer.</param>
internal delegate MessageInfo Service(MessageInfo info, ulong[] words, out bool hasCapability);

/// <summary>
/// As much of a kernel as one child process needs: a CSpace of what lies where, capability transfer into the receive slot,
/// Delete, Retype, and an address space that misses paging structures like a real one.
/// </summary>
internal sealed class ChildKernel : IHostKernel, IDisposable
{
    public const ulong WindowStart = 32;

    private readonly HostSyscall _installation;
    private readonly HashSet<(ObjectType, ulong)> _structures = [];

    public ChildKernel(Service service)
    {
        Service = service;
        _installation = HostSyscall.Install(this);
    }

    public Service Service { get; set; }

    /// <summary>What lies in which slot.</summary>
    public Dictionary<ulong, ObjectType> CSpace { get; } = new()
    {
        [ChildSlot.CNode] = ObjectType.CNode, [ChildSlot.VSpace] = ObjectType.Pml4, [ChildSlot.Service] = ObjectType.Endpoint,
    };

    /// <summary>Type of the next capability to be delivered.</summary>
    public ObjectType Delivered { get; set; }

    /// <summary>Addresses of mapped pages and their sizes.</summary>
    public SortedDictionary<ulong, ulong> Pages { get; } = [];

    /// <summary>How many more mappings succeed; null for no limit.</summary>
    public int? MappingsLeft { get; set; }

    public int ServiceCalls { get; private set; }

    public static Cap<Endpoint> Endpoint => new(ChildSlot.Service);

    public static Cap<CNode> Root => new(ChildSlot.CNode);

    public static SlotRegion Window(ulong count) => new(WindowStart, WindowStart + count);

    public void Dispose() => _installation.Dispose();

    public void SystemCall(ref HostRegisters registers, IpcBuffer buffer)
    {
        Assert.Equal(Sel4.Abi.SystemCall.Call, (SystemCall)unchecked((long)registers.Rdx));
        var words = new ulong[AbiConstants.MaxMessageLength];
        buffer.Words.CopyTo(words);
        (words[0], words[1], words[2], words[3]) = (registers.R10, registers.R8, registers.R9, registers.R15);
        MessageInfo info = MessageInfo.FromWord(registers.Rsi);
        MessageInfo answer = registers.Rdi == ChildSlot.Service ? CallService(info, words, buffer) : Invoke(registers.Rdi, info, words);
        for (int i = 4; i < answer.Length; i++) buffer[i] = words[i];
        (registers.Rdi, registers.Rsi) = (0, answer.Word);
        (registers.R10, registers.R8, registers.R9, registers.R15) = (words[0], words[1], words[2], words[3]);
    }

    private MessageInfo CallService(MessageInfo info, ulong[] words, IpcBuffer buffer)
    {
        ServiceCalls++;
        // What is beyond the length does not travel.
        ulong[] received = new ulong[words.Length];
        Array.Copy(words, received, info.Length);
        MessageInfo answer = Service(info, received, out bool hasCapability);
        Array.Copy(received, words, answer.Length);
        (ulong root, ulong index, ulong depth) = ReceivePath(buffer);
        bool arrives = hasCapability && root == ChildSlot.CNode && depth == 64 && !CSpace.ContainsKey(index);
        if (arrives) CSpace[index] = Delivered;
        return new MessageInfo(answer.Label, 0, arrives ? 1 : 0, answer.Length);
    }

    public static unsafe (ulong Root, ulong Index, ulong Depth) ReceivePath(IpcBuffer buffer)
    {
        var bytes = (byte*)buffer.Address;
        return (*(ulong*)(bytes + IpcBufferLayout.ReceiveCNode), *(ulong*)(bytes + IpcBufferLayout.ReceiveIndex),
            *(ulong*)(bytes + IpcBufferLayout.ReceiveDepth));
    }

    private MessageInfo Invoke(ulong target, MessageInfo info, ulong[] words) => (InvocationLabel)info.Label switch
    {
        InvocationLabel.CNodeDelete => Delete(target, words),
        InvocationLabel.UntypedRetype => Retype(target, words),
        InvocationLabel.X86PageMap => MapPage(target, words),
        InvocationLabel.X86PageTableMap => MapStructure(target, ObjectType.PageTable, words),
        InvocationLabel.X86PageDirectoryMap => MapStructure(target, ObjectType.PageDirectory, words),
        InvocationLabel.X86PdptMap => MapStructure(target, ObjectType.Pdpt, words),
        _ => throw new InvalidOperationException($"unexpected invocation {(InvocationLabel)info.Label}"),
    };

    private MessageInfo Delete(ulong target, ulong[] words)
    {
        Assert.Equal((ChildSlot.CNode, 64ul), (target, words[1]));
        CSpace.Remove(words[0]);
        return default;
    }

    private MessageInfo Retype(ulong target, ulong[] words)
    {
        Assert.Equal(ObjectType.Untyped, CSpace[target]);
        Assert.Equal(0ul, words[3]);
        for (ulong slot = words[4]; slot < words[4] + words[5]; slot++)
        {
            if (!CSpace.TryAdd(slot, (ObjectType)words[0])) return new MessageInfo((ulong)ErrorCode.DeleteFirst, 0, 0, 0);
        }
        return default;
    }

    private MessageInfo MapPage(ulong target, ulong[] words)
    {
        ulong bytes = CSpace[target] == ObjectType.LargePage ? 1ul << 21 : 1ul << 12;
        Assert.Contains(CSpace[target], new[] { ObjectType.LargePage, ObjectType.SmallPage });
        Assert.Equal(0ul, words[0] % bytes);
        if (MappingsLeft == 0) return new MessageInfo((ulong)ErrorCode.InvalidArgument, 0, 0, 1);
        MappingsLeft--;
        if (!_structures.Contains((ObjectType.Pdpt, words[0] >> 39))) return Missing(39, words);
        if (!_structures.Contains((ObjectType.PageDirectory, words[0] >> 30))) return Missing(30, words);
        if (bytes == 4096 && !_structures.Contains((ObjectType.PageTable, words[0] >> 21))) return Missing(21, words);
        Pages.Add(words[0], bytes);
        return default;
    }

    private MessageInfo MapStructure(ulong target, ObjectType type, ulong[] words)
    {
        Assert.Equal(type, CSpace[target]);
        int bits = type switch { ObjectType.PageTable => 21, ObjectType.PageDirectory => 30, _ => 39 };
        return _structures.Add((type, words[0] >> bits)) ? default : new MessageInfo((ulong)ErrorCode.DeleteFirst, 0, 0, 0);
    }

    private static MessageInfo Missing(ulong bitsLeft, ulong[] words)
    {
        (words[0], words[1], words[2]) = (0, (ulong)LookupFailureKind.MissingCapability, bitsLeft);
        return new MessageInfo((ulong)ErrorCode.FailedLookup, 0, 0, 3);
    }
}
