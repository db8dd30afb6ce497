// SPDX-License-Identifier: BSD-2-Clause
// Generated from rpc.proto by './sel4 gen' (tools/Gen/Rpc). Do not edit: a test compares.
using System.Runtime.CompilerServices;

namespace Sel4.Rpc.Wire;

/// <summary>What to do with memory.</summary>
/// <remarks>Never extended: an old server takes every value but 0 for FREE.</remarks>
public enum MemoryAction : ulong
{
    /// <summary>Make an object and send its capability.</summary>
    Allocate = 0,

    /// <summary>Take the object behind the cookie back.</summary>
    Free = 1,
}

/// <summary>Why a request failed, the number in ReturnMessage.detail.</summary>
public enum Reason : uint
{
    /// <summary>Nothing failed.</summary>
    None = 0,

    /// <summary>The bytes do not decode, or a field holds a value that means nothing.</summary>
    Malformed = 1,

    /// <summary>An unknown member, a feature that is off, or an operation that this platform cannot do.</summary>
    Unsupported = 2,

    /// <summary>The quota is used up.</summary>
    QuotaExceeded = 3,

    /// <summary>There are not enough free bytes in all.</summary>
    OutOfMemory = 4,

    /// <summary>There are enough free bytes, but no block of this size.</summary>
    Fragmented = 5,

    /// <summary>No region contains the address.</summary>
    NoSuchRegion = 6,

    /// <summary>The address or range is taken.</summary>
    AddressBusy = 7,

    /// <summary>The address belongs to the kernel or the server.</summary>
    AddressReserved = 8,

    /// <summary>The address is not a multiple of the object's size.</summary>
    Misaligned = 9,

    /// <summary>Capabilities of this type cannot travel by IPC.</summary>
    NotTransferable = 10,

    /// <summary>The grant belongs to somebody else.</summary>
    NotOwner = 11,

    /// <summary>No grant ever had this cookie.</summary>
    UnknownCookie = 12,

    /// <summary>The grant was already given back.</summary>
    AlreadyFreed = 13,

    /// <summary>The interrupt or its vector is taken.</summary>
    IrqBusy = 14,

    /// <summary>A size, port, interrupt or vector is out of range.</summary>
    OutOfRange = 15,

    /// <summary>A port of the range is taken.</summary>
    PortsBusy = 16,

    /// <summary>The system description does not list it for this child.</summary>
    NotPermitted = 17,

    /// <summary>The grant's lease has ended.</summary>
    LeaseExpired = 18,

    /// <summary>Too many requests per second.</summary>
    RateLimited = 19,

    /// <summary>The server has no more records or slots to keep track of a grant.</summary>
    BookkeepingExhausted = 20,

    /// <summary>The caller's badge does not carry this right.</summary>
    NoRight = 21,

    /// <summary>The slot to place into is occupied.</summary>
    DestinationOccupied = 22,

    /// <summary>The wait ended before the request could be met.</summary>
    WaitTimedOut = 23,
}

/// <summary>What a grant is.</summary>
public enum GrantKind : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An object made from untyped memory.</summary>
    Memory = 1,

    /// <summary>An interrupt handler.</summary>
    Irq = 2,

    /// <summary>A range of I/O ports.</summary>
    IoPorts = 3,

    /// <summary>A CNode of several objects.</summary>
    Batch = 4,
}

/// <summary>What a quota limits.</summary>
public enum QuotaKind : uint
{
    /// <summary>Nothing, or all kinds when reading.</summary>
    None = 0,

    /// <summary>Bytes of RAM.</summary>
    RamBytes = 1,

    /// <summary>Bytes of device memory.</summary>
    DeviceBytes = 2,

    /// <summary>Grants.</summary>
    Grants = 3,

    /// <summary>Capability slots of the server that keep what is granted.</summary>
    Slots = 4,

    /// <summary>Interrupt handlers.</summary>
    Irqs = 5,

    /// <summary>Ranges of I/O ports, whatever their length.</summary>
    IoPorts = 6,

    /// <summary>Requests per second.</summary>
    RequestRate = 7,

    /// <summary>Bytes of the server's memory that keep the books of it.</summary>
    ServerBytes = 8,
}

/// <summary>What a query asks for.</summary>
public enum QueryWhat : uint
{
    /// <summary>Nothing; refused.</summary>
    None = 0,

    /// <summary>List grants.</summary>
    List = 1,

    /// <summary>Free memory, one record an order.</summary>
    Histogram = 2,

    /// <summary>One grant, by its cookie.</summary>
    Describe = 3,

    /// <summary>The capability of a cookie once more.</summary>
    Redeliver = 4,

    /// <summary>The untyped and device ranges that can be granted.</summary>
    Regions = 5,

    /// <summary>The server's counters, one record each.</summary>
    Counters = 6,

    /// <summary>Requests that wait: the caller's own and those of its descendants.</summary>
    /// <remarks>
    /// With MAY_WAIT an empty list is not answered until somebody waits, so that a parent learns when it is asked for
    /// more.
    /// </remarks>
    Waiting = 7,

    /// <summary>What was asked lately and how it ended, youngest first; for privileged callers only.</summary>
    Audit = 8,
}

/// <summary>What a record of QUERY_WHAT_COUNTERS counts, as its `kind`; the value is its `length`.</summary>
/// <remarks>
/// From COUNTER_MEMBER up the number of a request member is added, from COUNTER_REASON up a value of enum Reason.
/// </remarks>
public enum Counter : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Requests that were answered.</summary>
    Requests = 1,

    /// <summary>Grants that exist.</summary>
    Grants = 2,

    /// <summary>Grants that there is still room for.</summary>
    FreeRecords = 3,

    /// <summary>Requests that wait.</summary>
    Waiting = 4,

    /// <summary>Leases that run.</summary>
    Leases = 5,

    /// <summary>Leases that have ended.</summary>
    Expired = 6,

    /// <summary>Entries of the audit ring that were overwritten.</summary>
    AuditLost = 7,

    /// <summary>Bytes of RAM that are free.</summary>
    FreeRam = 8,

    /// <summary>Bytes of device memory that are free.</summary>
    FreeDevice = 9,

    /// <summary>Requests with this member.</summary>
    Member = 32,

    /// <summary>Requests that ended for this reason; reason 0 counts successes.</summary>
    Reason = 64,
}

/// <summary>How to release.</summary>
public enum ReleaseFlag : uint
{
    /// <summary>Plainly.</summary>
    None = 0,

    /// <summary>Clear the memory now instead of when it is handed out next.</summary>
    ZeroNow = 1,

    /// <summary>Release all grants of the caller; the cookie is ignored.</summary>
    AllMine = 2,
}

/// <summary>How to serve a range request.</summary>
public enum RangeFlag : uint
{
    /// <summary>Plainly.</summary>
    None = 0,

    /// <summary>All objects in one block.</summary>
    Contiguous = 1,

    /// <summary>Device memory will do.</summary>
    DeviceOk = 2,

    /// <summary>
    /// Others may hold the same; refused so far, because a CNode of several objects cannot be shared.
    /// </summary>
    Shared = 4,

    /// <summary>Fewer objects will do, but at least one.</summary>
    BestEffort = 8,

    /// <summary>`min_addr` is exactly where the one block begins.</summary>
    ExactStart = 16,
}

/// <summary>How to serve a request.</summary>
public enum HintFlag : uint
{
    /// <summary>Plainly.</summary>
    None = 0,

    /// <summary>Others may hold the same.</summary>
    Shared = 1,

    /// <summary>The reply may wait until resources are free.</summary>
    MayWait = 2,

    /// <summary>Put the capability into `dest_slot` instead of sending it.</summary>
    DirectPlacement = 4,

    /// <summary>Device memory will do.</summary>
    DeviceOk = 8,
}

/// <summary>What a record of a listing says about its grant.</summary>
public enum RecordFlag : uint
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Device memory.</summary>
    Device = 1,

    /// <summary>Others may hold the same.</summary>
    Shared = 2,

    /// <summary>The capabilities were put into the holder's own slots.</summary>
    Placed = 4,
}

/// <summary>How long the client expects to keep what it asks for.</summary>
public enum Lifetime : uint
{
    /// <summary>It does not say.</summary>
    Unknown = 0,

    /// <summary>Soon given back.</summary>
    Short = 1,

    /// <summary>Some time.</summary>
    Normal = 2,

    /// <summary>Until the client ends.</summary>
    Static = 3,
}

/// <summary>What to do with a quota.</summary>
public enum QuotaOperation : uint
{
    /// <summary>Nothing; refused.</summary>
    None = 0,

    /// <summary>Read it.</summary>
    Get = 1,

    /// <summary>Set it.</summary>
    Set = 2,

    /// <summary>Hand a part of the caller's own limit on, to a descendant or back to an ancestor.</summary>
    Give = 3,
}

/// <summary>What both sides can do, as bits of `features`.</summary>
public enum Feature : uint
{
    /// <summary>Version 1 only.</summary>
    None = 0,

    /// <summary>`release`.</summary>
    Release = 1,

    /// <summary>`query`.</summary>
    Query = 2,

    /// <summary>`range`.</summary>
    Range = 4,

    /// <summary>`quota`.</summary>
    Quota = 8,

    /// <summary>`lease`.</summary>
    Lease = 16,

    /// <summary>`hints`.</summary>
    Hints = 32,

    /// <summary>`detail`.</summary>
    Detail = 64,

    /// <summary>Placement straight into the client's CNode.</summary>
    DirectPlacement = 128,

    /// <summary>Device memory and ports held by several owners.</summary>
    SharedGrants = 256,

    /// <summary>Requests that wait.</summary>
    Waiting = 512,
}

/// <summary>Which member of its oneof a RpcMessage holds, as the member's field number.</summary>
public enum RpcMessageCase : byte
{
    /// <summary>No member.</summary>
    None = 0,

    /// <summary>The outcome, present in every reply and in no request.</summary>
    Ret = 1,

    /// <summary>Asks for an object made from untyped memory, or gives one back.</summary>
    Memory = 2,

    /// <summary>Asks for an interrupt handler capability.</summary>
    Irq = 3,

    /// <summary>Asks for a capability to a range of x86 I/O ports.</summary>
    IoPort = 4,

    /// <summary>Gives back a grant of any kind, or all of them.</summary>
    Release = 5,

    /// <summary>Asks what the caller holds, what is free, or for a capability that was lost on the way.</summary>
    Query = 6,

    /// <summary>Asks for several objects at once, with constraints on where they lie.</summary>
    Range = 7,

    /// <summary>Reads, sets or hands on a limit.</summary>
    Quota = 8,

    /// <summary>Sets how long a grant lasts.</summary>
    Lease = 9,
}

/// <summary>One request or one reply, the only message that ever appears on the wire.</summary>
/// <remarks>
/// A reply always contains `ret`, and may carry fields from 16 up beside it. A request selects exactly one of the
/// members 2 to 9; when several are present, the last one counts.
/// </remarks>
public struct RpcMessage
{
    /// <summary>Which member counts; the storage of the others holds nothing of meaning.</summary>
    public RpcMessageCase Case;

    /// <summary>The outcome, present in every reply and in no request.</summary>
    public ReturnMessage Ret;

    /// <summary>Asks for an object made from untyped memory, or gives one back.</summary>
    public MemoryAllocMessage Memory;

    /// <summary>Asks for an interrupt handler capability.</summary>
    public IrqAllocMessage Irq;

    /// <summary>Asks for a capability to a range of x86 I/O ports.</summary>
    public IoPortMessage IoPort;

    /// <summary>Gives back a grant of any kind, or all of them.</summary>
    public ReleaseMessage Release;

    /// <summary>Asks what the caller holds, what is free, or for a capability that was lost on the way.</summary>
    public QueryMessage Query;

    /// <summary>Asks for several objects at once, with constraints on where they lie.</summary>
    public RangeMessage Range;

    /// <summary>Reads, sets or hands on a limit.</summary>
    public QuotaMessage Quota;

    /// <summary>Sets how long a grant lasts.</summary>
    public LeaseMessage Lease;

    /// <summary>Whether <see cref="Hello"/> counts.</summary>
    public bool HasHello;

    /// <summary>What version and features the client would like to use; the server answers with `info`.</summary>
    public HelloMessage Hello;

    /// <summary>Whether <see cref="Info"/> counts.</summary>
    public bool HasInfo;

    /// <summary>What the server is and what both sides may now use; only in a reply to `hello`.</summary>
    public InfoMessage Info;

    /// <summary>A number chosen by the client, copied unchanged into the reply.</summary>
    public ulong RequestId;

    /// <summary>Whether <see cref="Hints"/> counts.</summary>
    public bool HasHints;

    /// <summary>Wishes about how a request is served, beyond what its own fields can say.</summary>
    public HintsMessage Hints;

    /// <summary>Whether <see cref="Detail"/> counts.</summary>
    public bool HasDetail;

    /// <summary>Why a request was refused, in more detail than `ret` has room for.</summary>
    public DetailMessage Detail;

    /// <summary>How many entries of <see cref="Record"/> there is room for.</summary>
    public const int RecordCapacity = 16;

    /// <summary>How many entries of <see cref="Record"/> count.</summary>
    public int RecordCount;

    /// <summary>
    /// How many more entries a decoded message had than there was room for; they were checked and dropped.
    /// </summary>
    public int RecordDropped;

    /// <summary>The entries of one page of a listing.</summary>
    public RecordList Record;

    /// <summary>
    /// Where the next page of a listing begins, as `cursor` of the next query; 0 when this was the last page.
    /// </summary>
    public ulong NextCursor;

    /// <summary>How many entries of <see cref="QuotaState"/> there is room for.</summary>
    public const int QuotaStateCapacity = 16;

    /// <summary>How many entries of <see cref="QuotaState"/> count.</summary>
    public int QuotaStateCount;

    /// <summary>
    /// How many more entries a decoded message had than there was room for; they were checked and dropped.
    /// </summary>
    public int QuotaStateDropped;

    /// <summary>Limits and use, one entry a quota kind.</summary>
    public QuotaStateList QuotaState;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Case = RpcMessageCase.None;
        HasHello = false;
        HasInfo = false;
        RequestId = 0;
        HasHints = false;
        HasDetail = false;
        RecordCount = RecordDropped = 0;
        NextCursor = 0;
        QuotaStateCount = QuotaStateDropped = 0;
    }

    /// <summary>Selects <see cref="Ret"/> and makes it empty.</summary>
    public void SelectRet()
    {
        Case = RpcMessageCase.Ret;
        Ret.Clear();
    }

    /// <summary>Selects <see cref="Memory"/> and makes it empty.</summary>
    public void SelectMemory()
    {
        Case = RpcMessageCase.Memory;
        Memory.Clear();
    }

    /// <summary>Selects <see cref="Irq"/> and makes it empty.</summary>
    public void SelectIrq()
    {
        Case = RpcMessageCase.Irq;
        Irq.Clear();
    }

    /// <summary>Selects <see cref="IoPort"/> and makes it empty.</summary>
    public void SelectIoPort()
    {
        Case = RpcMessageCase.IoPort;
        IoPort.Clear();
    }

    /// <summary>Selects <see cref="Release"/> and makes it empty.</summary>
    public void SelectRelease()
    {
        Case = RpcMessageCase.Release;
        Release.Clear();
    }

    /// <summary>Selects <see cref="Query"/> and makes it empty.</summary>
    public void SelectQuery()
    {
        Case = RpcMessageCase.Query;
        Query.Clear();
    }

    /// <summary>Selects <see cref="Range"/> and makes it empty.</summary>
    public void SelectRange()
    {
        Case = RpcMessageCase.Range;
        Range.Clear();
    }

    /// <summary>Selects <see cref="Quota"/> and makes it empty.</summary>
    public void SelectQuota()
    {
        Case = RpcMessageCase.Quota;
        Quota.Clear();
    }

    /// <summary>Selects <see cref="Lease"/> and makes it empty.</summary>
    public void SelectLease()
    {
        Case = RpcMessageCase.Lease;
        Lease.Clear();
    }

    /// <summary>Selects <see cref="Hello"/> and makes it empty.</summary>
    public void SelectHello()
    {
        HasHello = true;
        Hello.Clear();
    }

    /// <summary>Selects <see cref="Info"/> and makes it empty.</summary>
    public void SelectInfo()
    {
        HasInfo = true;
        Info.Clear();
    }

    /// <summary>Selects <see cref="Hints"/> and makes it empty.</summary>
    public void SelectHints()
    {
        HasHints = true;
        Hints.Clear();
    }

    /// <summary>Selects <see cref="Detail"/> and makes it empty.</summary>
    public void SelectDetail()
    {
        HasDetail = true;
        Detail.Clear();
    }

    /// <summary>
    /// Adds an empty entry to <see cref="Record"/> and returns its index, or -1 when there is no room.
    /// </summary>
    public int AddRecord()
    {
        if (RecordCount >= RecordCapacity) return -1;
        Record[RecordCount].Clear();
        return RecordCount++;
    }

    /// <summary>
    /// Adds an empty entry to <see cref="QuotaState"/> and returns its index, or -1 when there is no room.
    /// </summary>
    public int AddQuotaState()
    {
        if (QuotaStateCount >= QuotaStateCapacity) return -1;
        QuotaState[QuotaStateCount].Clear();
        return QuotaStateCount++;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // ret = 1
                    if (Case != RpcMessageCase.Ret) SelectRet();
                    nuint afterRet = reader.Enter();
                    Ret.Merge(ref reader);
                    reader.Leave(afterRet);
                    break;
                case 0x12:  // memory = 2
                    if (Case != RpcMessageCase.Memory) SelectMemory();
                    nuint afterMemory = reader.Enter();
                    Memory.Merge(ref reader);
                    reader.Leave(afterMemory);
                    break;
                case 0x1a:  // irq = 3
                    if (Case != RpcMessageCase.Irq) SelectIrq();
                    nuint afterIrq = reader.Enter();
                    Irq.Merge(ref reader);
                    reader.Leave(afterIrq);
                    break;
                case 0x22:  // ioport = 4
                    if (Case != RpcMessageCase.IoPort) SelectIoPort();
                    nuint afterIoPort = reader.Enter();
                    IoPort.Merge(ref reader);
                    reader.Leave(afterIoPort);
                    break;
                case 0x2a:  // release = 5
                    if (Case != RpcMessageCase.Release) SelectRelease();
                    nuint afterRelease = reader.Enter();
                    Release.Merge(ref reader);
                    reader.Leave(afterRelease);
                    break;
                case 0x32:  // query = 6
                    if (Case != RpcMessageCase.Query) SelectQuery();
                    nuint afterQuery = reader.Enter();
                    Query.Merge(ref reader);
                    reader.Leave(afterQuery);
                    break;
                case 0x3a:  // range = 7
                    if (Case != RpcMessageCase.Range) SelectRange();
                    nuint afterRange = reader.Enter();
                    Range.Merge(ref reader);
                    reader.Leave(afterRange);
                    break;
                case 0x42:  // quota = 8
                    if (Case != RpcMessageCase.Quota) SelectQuota();
                    nuint afterQuota = reader.Enter();
                    Quota.Merge(ref reader);
                    reader.Leave(afterQuota);
                    break;
                case 0x4a:  // lease = 9
                    if (Case != RpcMessageCase.Lease) SelectLease();
                    nuint afterLease = reader.Enter();
                    Lease.Merge(ref reader);
                    reader.Leave(afterLease);
                    break;
                case 0x82:  // hello = 16
                    if (!HasHello) SelectHello();
                    nuint afterHello = reader.Enter();
                    Hello.Merge(ref reader);
                    reader.Leave(afterHello);
                    break;
                case 0x8a:  // info = 17
                    if (!HasInfo) SelectInfo();
                    nuint afterInfo = reader.Enter();
                    Info.Merge(ref reader);
                    reader.Leave(afterInfo);
                    break;
                case 0x90:  // request_id = 18
                    RequestId = reader.ReadVarint();
                    break;
                case 0x9a:  // hints = 19
                    if (!HasHints) SelectHints();
                    nuint afterHints = reader.Enter();
                    Hints.Merge(ref reader);
                    reader.Leave(afterHints);
                    break;
                case 0xa2:  // detail = 20
                    if (!HasDetail) SelectDetail();
                    nuint afterDetail = reader.Enter();
                    Detail.Merge(ref reader);
                    reader.Leave(afterDetail);
                    break;
                case 0xaa:  // record = 21
                    MergeRecord(ref reader);
                    break;
                case 0xb0:  // next_cursor = 22
                    NextCursor = reader.ReadVarint();
                    break;
                case 0xba:  // quota_state = 23
                    MergeQuotaState(ref reader);
                    break;
                default:
                    reader.Skip(header, 0xff03fe);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MergeRecord(ref MessageReader reader)
    {
        nuint after = reader.Enter();
        int index = AddRecord();
        if (index >= 0)
        {
            Record[index].Merge(ref reader);
        }
        else
        {
            RecordDropped++;
            RecordMessage dropped = default;  // checked like the others
            dropped.Merge(ref reader);
        }
        reader.Leave(after);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MergeQuotaState(ref MessageReader reader)
    {
        nuint after = reader.Enter();
        int index = AddQuotaState();
        if (index >= 0)
        {
            QuotaState[index].Merge(ref reader);
        }
        else
        {
            QuotaStateDropped++;
            QuotaStateMessage dropped = default;  // checked like the others
            dropped.Merge(ref reader);
        }
        reader.Leave(after);
    }

    /// <summary>The most bytes that a message can have of which <see cref="IsShort"/> is true.</summary>
    public const int MaxShortBytes = 66;

    /// <summary>True when there is nothing but a member of the oneof.</summary>
    public readonly bool IsShort => !HasHello && !HasInfo && RequestId == 0 && !HasHints
        && !HasDetail && RecordCount == 0 && NextCursor == 0 && QuotaStateCount == 0;

    /// <summary>Writes the member of the oneof, which is all there is when <see cref="IsShort"/> is true.</summary>
    public readonly void WriteMemberTo(ref MessageWriter writer)
    {
        switch (Case)
        {
            case RpcMessageCase.Ret:
            {
                nuint beginRet = writer.BeginMessage(0x0a);
                Ret.WriteTo(ref writer);
                writer.EndMessage(beginRet);
                break;
            }
            case RpcMessageCase.Memory:
            {
                nuint beginMemory = writer.BeginMessage(0x12);
                Memory.WriteTo(ref writer);
                writer.EndMessage(beginMemory);
                break;
            }
            case RpcMessageCase.Irq:
            {
                nuint beginIrq = writer.BeginMessage(0x1a);
                Irq.WriteTo(ref writer);
                writer.EndMessage(beginIrq);
                break;
            }
            case RpcMessageCase.IoPort:
            {
                nuint beginIoPort = writer.BeginMessage(0x22);
                IoPort.WriteTo(ref writer);
                writer.EndMessage(beginIoPort);
                break;
            }
            case RpcMessageCase.Release:
            {
                nuint beginRelease = writer.BeginMessage(0x2a);
                Release.WriteTo(ref writer);
                writer.EndMessage(beginRelease);
                break;
            }
            case RpcMessageCase.Query:
            {
                nuint beginQuery = writer.BeginMessage(0x32);
                Query.WriteTo(ref writer);
                writer.EndMessage(beginQuery);
                break;
            }
            case RpcMessageCase.Range:
            {
                nuint beginRange = writer.BeginMessage(0x3a);
                Range.WriteTo(ref writer);
                writer.EndMessage(beginRange);
                break;
            }
            case RpcMessageCase.Quota:
            {
                nuint beginQuota = writer.BeginMessage(0x42);
                Quota.WriteTo(ref writer);
                writer.EndMessage(beginQuota);
                break;
            }
            case RpcMessageCase.Lease:
            {
                nuint beginLease = writer.BeginMessage(0x4a);
                Lease.WriteTo(ref writer);
                writer.EndMessage(beginLease);
                break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        switch (Case)
        {
            case RpcMessageCase.Ret:
            {
                count += 2 + Ret.ByteCount();
                break;
            }
            case RpcMessageCase.Memory:
            {
                count += 2 + Memory.ByteCount();
                break;
            }
            case RpcMessageCase.Irq:
            {
                count += 2 + Irq.ByteCount();
                break;
            }
            case RpcMessageCase.IoPort:
            {
                count += 2 + IoPort.ByteCount();
                break;
            }
            case RpcMessageCase.Release:
            {
                count += 2 + Release.ByteCount();
                break;
            }
            case RpcMessageCase.Query:
            {
                count += 2 + Query.ByteCount();
                break;
            }
            case RpcMessageCase.Range:
            {
                count += 2 + Range.ByteCount();
                break;
            }
            case RpcMessageCase.Quota:
            {
                count += 2 + Quota.ByteCount();
                break;
            }
            case RpcMessageCase.Lease:
            {
                count += 2 + Lease.ByteCount();
                break;
            }
        }
        if (HasHello)
        {
            count += 3 + Hello.ByteCount();
        }
        if (HasInfo)
        {
            count += 3 + Info.ByteCount();
        }
        if (RequestId != 0) count += 2 + Varint.ByteCount(RequestId);
        if (HasHints)
        {
            int bytesHints = Hints.ByteCount();
            count += 2 + Varint.ByteCount((ulong)bytesHints) + bytesHints;
        }
        if (HasDetail)
        {
            count += 3 + Detail.ByteCount();
        }
        for (int i = 0; i < RecordCount; i++)
        {
            int bytesRecord = Record[i].ByteCount();
            count += 2 + Varint.ByteCount((ulong)bytesRecord) + bytesRecord;
        }
        if (NextCursor != 0) count += 2 + Varint.ByteCount(NextCursor);
        for (int i = 0; i < QuotaStateCount; i++)
        {
            count += 3 + QuotaState[i].ByteCount();
        }
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        switch (Case)
        {
            case RpcMessageCase.Ret:
            {
                nuint beginRet = writer.BeginMessage(0x0a);
                Ret.WriteTo(ref writer);
                writer.EndMessage(beginRet);
                break;
            }
            case RpcMessageCase.Memory:
            {
                nuint beginMemory = writer.BeginMessage(0x12);
                Memory.WriteTo(ref writer);
                writer.EndMessage(beginMemory);
                break;
            }
            case RpcMessageCase.Irq:
            {
                nuint beginIrq = writer.BeginMessage(0x1a);
                Irq.WriteTo(ref writer);
                writer.EndMessage(beginIrq);
                break;
            }
            case RpcMessageCase.IoPort:
            {
                nuint beginIoPort = writer.BeginMessage(0x22);
                IoPort.WriteTo(ref writer);
                writer.EndMessage(beginIoPort);
                break;
            }
            case RpcMessageCase.Release:
            {
                nuint beginRelease = writer.BeginMessage(0x2a);
                Release.WriteTo(ref writer);
                writer.EndMessage(beginRelease);
                break;
            }
            case RpcMessageCase.Query:
            {
                nuint beginQuery = writer.BeginMessage(0x32);
                Query.WriteTo(ref writer);
                writer.EndMessage(beginQuery);
                break;
            }
            case RpcMessageCase.Range:
            {
                nuint beginRange = writer.BeginMessage(0x3a);
                Range.WriteTo(ref writer);
                writer.EndMessage(beginRange);
                break;
            }
            case RpcMessageCase.Quota:
            {
                nuint beginQuota = writer.BeginMessage(0x42);
                Quota.WriteTo(ref writer);
                writer.EndMessage(beginQuota);
                break;
            }
            case RpcMessageCase.Lease:
            {
                nuint beginLease = writer.BeginMessage(0x4a);
                Lease.WriteTo(ref writer);
                writer.EndMessage(beginLease);
                break;
            }
        }
        if (HasHello)
        {
            nuint beginHello = writer.BeginMessage(0x82);
            Hello.WriteTo(ref writer);
            writer.EndMessage(beginHello);
        }
        if (HasInfo)
        {
            nuint beginInfo = writer.BeginMessage(0x8a);
            Info.WriteTo(ref writer);
            writer.EndMessage(beginInfo);
        }
        if (RequestId != 0) writer.WriteWideField(0x90, RequestId);
        if (HasHints)
        {
            writer.WriteWideField(0x9a, (ulong)Hints.ByteCount());
            Hints.WriteTo(ref writer);
        }
        if (HasDetail)
        {
            nuint beginDetail = writer.BeginMessage(0xa2);
            Detail.WriteTo(ref writer);
            writer.EndMessage(beginDetail);
        }
        for (int i = 0; i < RecordCount; i++)
        {
            writer.WriteWideField(0xaa, (ulong)Record[i].ByteCount());
            Record[i].WriteTo(ref writer);
        }
        if (NextCursor != 0) writer.WriteWideField(0xb0, NextCursor);
        for (int i = 0; i < QuotaStateCount; i++)
        {
            nuint beginQuotaState = writer.BeginMessage(0xba);
            QuotaState[i].WriteTo(ref writer);
            writer.EndMessage(beginQuotaState);
        }
    }

    /// <summary>Room for 16 entries.</summary>
    [InlineArray(RecordCapacity)]
    public struct RecordList
    {
        private RecordMessage _first;
    }

    /// <summary>Room for 16 entries.</summary>
    [InlineArray(QuotaStateCapacity)]
    public struct QuotaStateList
    {
        private QuotaStateMessage _first;
    }
}

/// <summary>The outcome of a request.</summary>
public struct ReturnMessage
{
    /// <summary>An seL4 error number, 0 for success; always below 2^32.</summary>
    public uint ErrorCode;

    /// <summary>
    /// The handle of the grant, 1 to 0x7fffffff, to be given back with FREE or `release`; 0 when there is none.
    /// </summary>
    public ulong Cookie;

    /// <summary>Which of the reasons in enum Reason applies; 0 for success.</summary>
    public uint Detail;

    /// <summary>Physical address of the object's first byte, when it is memory.</summary>
    public ulong Paddr;

    /// <summary>Log2 of the granted object's size in bytes, when it is memory.</summary>
    public uint SizeBits;

    /// <summary>Milliseconds until the grant's lease ends; 0 when it has no lease.</summary>
    public ulong LeaseMs;

    /// <summary>How many objects were granted.</summary>
    public uint Granted;

    /// <summary>How many capabilities come with this reply, attached or placed directly.</summary>
    public uint Caps;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        ErrorCode = 0;
        Cookie = 0;
        Detail = 0;
        Paddr = 0;
        SizeBits = 0;
        LeaseMs = 0;
        Granted = 0;
        Caps = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // errorCode = 1
                    ErrorCode = reader.ReadUInt32();
                    break;
                case 0x10:  // cookie = 2
                    Cookie = reader.ReadVarint();
                    break;
                case 0x18:  // detail = 3
                    Detail = reader.ReadUInt32();
                    break;
                case 0x20:  // paddr = 4
                    Paddr = reader.ReadVarint();
                    break;
                case 0x28:  // size_bits = 5
                    SizeBits = reader.ReadUInt32();
                    break;
                case 0x30:  // lease_ms = 6
                    LeaseMs = reader.ReadVarint();
                    break;
                case 0x38:  // granted = 7
                    Granted = reader.ReadUInt32();
                    break;
                case 0x40:  // caps = 8
                    Caps = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0x1fe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (ErrorCode != 0) count += 1 + Varint.ByteCount(ErrorCode);
        if (Cookie != 0) count += 1 + Varint.ByteCount(Cookie);
        if (Detail != 0) count += 1 + Varint.ByteCount(Detail);
        if (Paddr != 0) count += 1 + Varint.ByteCount(Paddr);
        if (SizeBits != 0) count += 1 + Varint.ByteCount(SizeBits);
        if (LeaseMs != 0) count += 1 + Varint.ByteCount(LeaseMs);
        if (Granted != 0) count += 1 + Varint.ByteCount(Granted);
        if (Caps != 0) count += 1 + Varint.ByteCount(Caps);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (ErrorCode != 0) writer.WriteField(0x08, ErrorCode);
        if (Cookie != 0) writer.WriteField(0x10, Cookie);
        if (Detail != 0) writer.WriteField(0x18, Detail);
        if (Paddr != 0) writer.WriteField(0x20, Paddr);
        if (SizeBits != 0) writer.WriteField(0x28, SizeBits);
        if (LeaseMs != 0) writer.WriteField(0x30, LeaseMs);
        if (Granted != 0) writer.WriteField(0x38, Granted);
        if (Caps != 0) writer.WriteField(0x40, Caps);
    }
}

/// <summary>A request for one object made from untyped memory, or the return of one.</summary>
public struct MemoryAllocMessage
{
    /// <summary>
    /// ALLOCATE: physical address wanted, where 1 means anywhere and 0 really is address 0; FREE: the cookie.
    /// </summary>
    public ulong Address;

    /// <summary>
    /// Size as Untyped_Retype takes it: log2 bytes for untyped, log2 slots for a CNode, ignored for types of fixed
    /// size.
    /// </summary>
    public ulong SizeBits;

    /// <summary>Object type number of the running kernel configuration.</summary>
    public ulong Type;

    /// <summary>Whether to allocate or to free.</summary>
    public MemoryAction Action;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Address = 0;
        SizeBits = 0;
        Type = 0;
        Action = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // address = 1
                    Address = reader.ReadVarint();
                    break;
                case 0x10:  // size_bits = 2
                    SizeBits = reader.ReadVarint();
                    break;
                case 0x18:  // type = 3
                    Type = reader.ReadVarint();
                    break;
                case 0x20:  // action = 4
                    Action = (MemoryAction)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x1e);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Address != 0) count += 1 + Varint.ByteCount(Address);
        if (SizeBits != 0) count += 1 + Varint.ByteCount(SizeBits);
        if (Type != 0) count += 1 + Varint.ByteCount(Type);
        if (Action != 0) count += 1 + Varint.ByteCount((ulong)Action);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Address != 0) writer.WriteField(0x08, Address);
        if (SizeBits != 0) writer.WriteField(0x10, SizeBits);
        if (Type != 0) writer.WriteField(0x18, Type);
        if (Action != 0) writer.WriteField(0x20, (ulong)Action);
    }
}

/// <summary>Which member of its oneof a IrqAllocMessage holds, as the member's field number.</summary>
public enum IrqAllocMessageCase : byte
{
    /// <summary>No member.</summary>
    None = 0,

    /// <summary>A message-signalled interrupt of a PCI function.</summary>
    Msi = 1,

    /// <summary>A pin of an IOAPIC.</summary>
    IoApic = 2,

    /// <summary>An interrupt by its plain number.</summary>
    Simple = 3,
}

/// <summary>A request for an interrupt handler capability; without a subtype it is refused.</summary>
public struct IrqAllocMessage
{
    /// <summary>Which member counts; the storage of the others holds nothing of meaning.</summary>
    public IrqAllocMessageCase Case;

    /// <summary>A message-signalled interrupt of a PCI function.</summary>
    public IrqMsiMessage Msi;

    /// <summary>A pin of an IOAPIC.</summary>
    public IrqIoApicMessage IoApic;

    /// <summary>An interrupt by its plain number.</summary>
    public IrqSimpleMessage Simple;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Case = IrqAllocMessageCase.None;
    }

    /// <summary>Selects <see cref="Msi"/> and makes it empty.</summary>
    public void SelectMsi()
    {
        Case = IrqAllocMessageCase.Msi;
        Msi.Clear();
    }

    /// <summary>Selects <see cref="IoApic"/> and makes it empty.</summary>
    public void SelectIoApic()
    {
        Case = IrqAllocMessageCase.IoApic;
        IoApic.Clear();
    }

    /// <summary>Selects <see cref="Simple"/> and makes it empty.</summary>
    public void SelectSimple()
    {
        Case = IrqAllocMessageCase.Simple;
        Simple.Clear();
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // msi = 1
                    if (Case != IrqAllocMessageCase.Msi) SelectMsi();
                    nuint afterMsi = reader.Enter();
                    Msi.Merge(ref reader);
                    reader.Leave(afterMsi);
                    break;
                case 0x12:  // ioapic = 2
                    if (Case != IrqAllocMessageCase.IoApic) SelectIoApic();
                    nuint afterIoApic = reader.Enter();
                    IoApic.Merge(ref reader);
                    reader.Leave(afterIoApic);
                    break;
                case 0x1a:  // simple = 3
                    if (Case != IrqAllocMessageCase.Simple) SelectSimple();
                    nuint afterSimple = reader.Enter();
                    Simple.Merge(ref reader);
                    reader.Leave(afterSimple);
                    break;
                default:
                    reader.Skip(header, 0xe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        switch (Case)
        {
            case IrqAllocMessageCase.Msi:
            {
                count += 2 + Msi.ByteCount();
                break;
            }
            case IrqAllocMessageCase.IoApic:
            {
                count += 2 + IoApic.ByteCount();
                break;
            }
            case IrqAllocMessageCase.Simple:
            {
                count += 2 + Simple.ByteCount();
                break;
            }
        }
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        switch (Case)
        {
            case IrqAllocMessageCase.Msi:
            {
                nuint beginMsi = writer.BeginMessage(0x0a);
                Msi.WriteTo(ref writer);
                writer.EndMessage(beginMsi);
                break;
            }
            case IrqAllocMessageCase.IoApic:
            {
                nuint beginIoApic = writer.BeginMessage(0x12);
                IoApic.WriteTo(ref writer);
                writer.EndMessage(beginIoApic);
                break;
            }
            case IrqAllocMessageCase.Simple:
            {
                nuint beginSimple = writer.BeginMessage(0x1a);
                Simple.WriteTo(ref writer);
                writer.EndMessage(beginSimple);
                break;
            }
        }
    }
}

/// <summary>A message-signalled interrupt.</summary>
public struct IrqMsiMessage
{
    /// <summary>PCI bus, 0 to 255.</summary>
    public ulong PciBus;

    /// <summary>PCI device, 0 to 31.</summary>
    public ulong PciDev;

    /// <summary>PCI function, 0 to 7.</summary>
    public ulong PciFunc;

    /// <summary>Value that the function writes to raise the interrupt.</summary>
    public ulong Handle;

    /// <summary>Interrupt vector counted from the first one for users, 0 to 107.</summary>
    public ulong Vector;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        PciBus = 0;
        PciDev = 0;
        PciFunc = 0;
        Handle = 0;
        Vector = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // pci_bus = 1
                    PciBus = reader.ReadVarint();
                    break;
                case 0x10:  // pci_dev = 2
                    PciDev = reader.ReadVarint();
                    break;
                case 0x18:  // pci_func = 3
                    PciFunc = reader.ReadVarint();
                    break;
                case 0x20:  // handle = 4
                    Handle = reader.ReadVarint();
                    break;
                case 0x28:  // vector = 5
                    Vector = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x3e);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (PciBus != 0) count += 1 + Varint.ByteCount(PciBus);
        if (PciDev != 0) count += 1 + Varint.ByteCount(PciDev);
        if (PciFunc != 0) count += 1 + Varint.ByteCount(PciFunc);
        if (Handle != 0) count += 1 + Varint.ByteCount(Handle);
        if (Vector != 0) count += 1 + Varint.ByteCount(Vector);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (PciBus != 0) writer.WriteField(0x08, PciBus);
        if (PciDev != 0) writer.WriteField(0x10, PciDev);
        if (PciFunc != 0) writer.WriteField(0x18, PciFunc);
        if (Handle != 0) writer.WriteField(0x20, Handle);
        if (Vector != 0) writer.WriteField(0x28, Vector);
    }
}

/// <summary>A pin of an IOAPIC.</summary>
public struct IrqIoApicMessage
{
    /// <summary>Which IOAPIC, counted from 0.</summary>
    public ulong IoApic;

    /// <summary>Which pin of it.</summary>
    public ulong Pin;

    /// <summary>0 for edge triggered, 1 for level triggered.</summary>
    public ulong Level;

    /// <summary>0 for active high, 1 for active low.</summary>
    public ulong Polarity;

    /// <summary>Interrupt vector counted from the first one for users, 0 to 107.</summary>
    public ulong Vector;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        IoApic = 0;
        Pin = 0;
        Level = 0;
        Polarity = 0;
        Vector = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // ioapic = 1
                    IoApic = reader.ReadVarint();
                    break;
                case 0x10:  // pin = 2
                    Pin = reader.ReadVarint();
                    break;
                case 0x18:  // level = 3
                    Level = reader.ReadVarint();
                    break;
                case 0x20:  // polarity = 4
                    Polarity = reader.ReadVarint();
                    break;
                case 0x28:  // vector = 5
                    Vector = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x3e);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (IoApic != 0) count += 1 + Varint.ByteCount(IoApic);
        if (Pin != 0) count += 1 + Varint.ByteCount(Pin);
        if (Level != 0) count += 1 + Varint.ByteCount(Level);
        if (Polarity != 0) count += 1 + Varint.ByteCount(Polarity);
        if (Vector != 0) count += 1 + Varint.ByteCount(Vector);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (IoApic != 0) writer.WriteField(0x08, IoApic);
        if (Pin != 0) writer.WriteField(0x10, Pin);
        if (Level != 0) writer.WriteField(0x18, Level);
        if (Polarity != 0) writer.WriteField(0x20, Polarity);
        if (Vector != 0) writer.WriteField(0x28, Vector);
    }
}

/// <summary>An interrupt by its plain number.</summary>
public struct IrqSimpleMessage
{
    /// <summary>Whether `trigger` counts; only Arm looks at it.</summary>
    public bool SetTrigger;

    /// <summary>Interrupt number.</summary>
    /// <remarks>On x86 number 0 is pin 2, and from 16 up lines are level triggered and active low.</remarks>
    public ulong Irq;

    /// <summary>0 for level, 1 for edge; only Arm looks at it.</summary>
    public ulong Trigger;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        SetTrigger = false;
        Irq = 0;
        Trigger = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // setTrigger = 1
                    SetTrigger = reader.ReadBool();
                    break;
                case 0x10:  // irq = 2
                    Irq = reader.ReadVarint();
                    break;
                case 0x18:  // trigger = 3
                    Trigger = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0xe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (SetTrigger) count += 2;
        if (Irq != 0) count += 1 + Varint.ByteCount(Irq);
        if (Trigger != 0) count += 1 + Varint.ByteCount(Trigger);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (SetTrigger) writer.WriteField(0x08, 1);
        if (Irq != 0) writer.WriteField(0x10, Irq);
        if (Trigger != 0) writer.WriteField(0x18, Trigger);
    }
}

/// <summary>A request for a range of I/O ports.</summary>
public struct IoPortMessage
{
    /// <summary>First port, 0 to 0xffff.</summary>
    public uint Start;

    /// <summary>Last port, inclusive.</summary>
    public uint End;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Start = 0;
        End = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // start = 1
                    Start = reader.ReadUInt32();
                    break;
                case 0x10:  // end = 2
                    End = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Start != 0) count += 1 + Varint.ByteCount(Start);
        if (End != 0) count += 1 + Varint.ByteCount(End);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Start != 0) writer.WriteField(0x08, Start);
        if (End != 0) writer.WriteField(0x10, End);
    }
}

/// <summary>Gives back a grant.</summary>
/// <remarks>Afterwards no copy of its capability exists anywhere.</remarks>
public struct ReleaseMessage
{
    /// <summary>Which grant.</summary>
    public ulong Cookie;

    /// <summary>Sum of values of enum ReleaseFlag.</summary>
    public uint Flags;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Cookie = 0;
        Flags = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // cookie = 1
                    Cookie = reader.ReadVarint();
                    break;
                case 0x10:  // flags = 2
                    Flags = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Cookie != 0) count += 1 + Varint.ByteCount(Cookie);
        if (Flags != 0) count += 1 + Varint.ByteCount(Flags);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Cookie != 0) writer.WriteField(0x08, Cookie);
        if (Flags != 0) writer.WriteField(0x10, Flags);
    }
}

/// <summary>Asks for information, or for a lost capability.</summary>
public struct QueryMessage
{
    /// <summary>What is asked, a value of enum QueryWhat.</summary>
    public uint What;

    /// <summary>Where to begin: 0, or `next_cursor` of the page before.</summary>
    public ulong Cursor;

    /// <summary>How many records at most; 0 leaves it to the server.</summary>
    public uint Max;

    /// <summary>Whose grants, as an owner id; 0 is the caller.</summary>
    public ulong Owner;

    /// <summary>Which grant, for DESCRIBE and REDELIVER.</summary>
    public ulong Cookie;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        What = 0;
        Cursor = 0;
        Max = 0;
        Owner = 0;
        Cookie = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // what = 1
                    What = reader.ReadUInt32();
                    break;
                case 0x10:  // cursor = 2
                    Cursor = reader.ReadVarint();
                    break;
                case 0x18:  // max = 3
                    Max = reader.ReadUInt32();
                    break;
                case 0x20:  // owner = 4
                    Owner = reader.ReadVarint();
                    break;
                case 0x28:  // cookie = 5
                    Cookie = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x3e);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (What != 0) count += 1 + Varint.ByteCount(What);
        if (Cursor != 0) count += 1 + Varint.ByteCount(Cursor);
        if (Max != 0) count += 1 + Varint.ByteCount(Max);
        if (Owner != 0) count += 1 + Varint.ByteCount(Owner);
        if (Cookie != 0) count += 1 + Varint.ByteCount(Cookie);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (What != 0) writer.WriteField(0x08, What);
        if (Cursor != 0) writer.WriteField(0x10, Cursor);
        if (Max != 0) writer.WriteField(0x18, Max);
        if (Owner != 0) writer.WriteField(0x20, Owner);
        if (Cookie != 0) writer.WriteField(0x28, Cookie);
    }
}

/// <summary>Asks for several objects of one type.</summary>
public struct RangeMessage
{
    /// <summary>Object type number of the running kernel configuration.</summary>
    public ulong Type;

    /// <summary>Size as in MemoryAllocMessage.</summary>
    public ulong SizeBits;

    /// <summary>How many objects, 1 to 256.</summary>
    public uint Count;

    /// <summary>Lowest physical address allowed.</summary>
    public ulong MinAddr;

    /// <summary>Last byte allowed, inclusive; 0 means no limit.</summary>
    public ulong MaxAddr;

    /// <summary>
    /// Log2 of the alignment wanted, beyond the object's own; with CONTIGUOUS it is that of the block.
    /// </summary>
    public uint AlignBits;

    /// <summary>Sum of values of enum RangeFlag.</summary>
    public uint Flags;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Type = 0;
        SizeBits = 0;
        Count = 0;
        MinAddr = 0;
        MaxAddr = 0;
        AlignBits = 0;
        Flags = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // type = 1
                    Type = reader.ReadVarint();
                    break;
                case 0x10:  // size_bits = 2
                    SizeBits = reader.ReadVarint();
                    break;
                case 0x18:  // count = 3
                    Count = reader.ReadUInt32();
                    break;
                case 0x20:  // min_addr = 4
                    MinAddr = reader.ReadVarint();
                    break;
                case 0x28:  // max_addr = 5
                    MaxAddr = reader.ReadVarint();
                    break;
                case 0x30:  // align_bits = 6
                    AlignBits = reader.ReadUInt32();
                    break;
                case 0x38:  // flags = 7
                    Flags = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0xfe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Type != 0) count += 1 + Varint.ByteCount(Type);
        if (SizeBits != 0) count += 1 + Varint.ByteCount(SizeBits);
        if (Count != 0) count += 1 + Varint.ByteCount(Count);
        if (MinAddr != 0) count += 1 + Varint.ByteCount(MinAddr);
        if (MaxAddr != 0) count += 1 + Varint.ByteCount(MaxAddr);
        if (AlignBits != 0) count += 1 + Varint.ByteCount(AlignBits);
        if (Flags != 0) count += 1 + Varint.ByteCount(Flags);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Type != 0) writer.WriteField(0x08, Type);
        if (SizeBits != 0) writer.WriteField(0x10, SizeBits);
        if (Count != 0) writer.WriteField(0x18, Count);
        if (MinAddr != 0) writer.WriteField(0x20, MinAddr);
        if (MaxAddr != 0) writer.WriteField(0x28, MaxAddr);
        if (AlignBits != 0) writer.WriteField(0x30, AlignBits);
        if (Flags != 0) writer.WriteField(0x38, Flags);
    }
}

/// <summary>Reads, sets or hands on a limit.</summary>
public struct QuotaMessage
{
    /// <summary>A value of enum QuotaOperation.</summary>
    public uint Op;

    /// <summary>Whose limit, as an owner id; 0 is the caller.</summary>
    public ulong Subject;

    /// <summary>A value of enum QuotaKind; 0 means all of them when reading.</summary>
    public uint Kind;

    /// <summary>The new limit, or how much to hand on.</summary>
    public ulong Amount;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Op = 0;
        Subject = 0;
        Kind = 0;
        Amount = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // op = 1
                    Op = reader.ReadUInt32();
                    break;
                case 0x10:  // subject = 2
                    Subject = reader.ReadVarint();
                    break;
                case 0x18:  // kind = 3
                    Kind = reader.ReadUInt32();
                    break;
                case 0x20:  // amount = 4
                    Amount = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x1e);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Op != 0) count += 1 + Varint.ByteCount(Op);
        if (Subject != 0) count += 1 + Varint.ByteCount(Subject);
        if (Kind != 0) count += 1 + Varint.ByteCount(Kind);
        if (Amount != 0) count += 1 + Varint.ByteCount(Amount);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Op != 0) writer.WriteField(0x08, Op);
        if (Subject != 0) writer.WriteField(0x10, Subject);
        if (Kind != 0) writer.WriteField(0x18, Kind);
        if (Amount != 0) writer.WriteField(0x20, Amount);
    }
}

/// <summary>Sets how long a grant lasts.</summary>
public struct LeaseMessage
{
    /// <summary>Which grant.</summary>
    public ulong Cookie;

    /// <summary>Milliseconds from now; 0 ends the grant now.</summary>
    public ulong DurationMs;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Cookie = 0;
        DurationMs = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // cookie = 1
                    Cookie = reader.ReadVarint();
                    break;
                case 0x10:  // duration_ms = 2
                    DurationMs = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Cookie != 0) count += 1 + Varint.ByteCount(Cookie);
        if (DurationMs != 0) count += 1 + Varint.ByteCount(DurationMs);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Cookie != 0) writer.WriteField(0x08, Cookie);
        if (DurationMs != 0) writer.WriteField(0x10, DurationMs);
    }
}

/// <summary>Opens negotiation.</summary>
public struct HelloMessage
{
    /// <summary>Highest protocol version that the client knows; this file describes 2.</summary>
    public uint Version;

    /// <summary>Features wanted, a sum of values of enum Feature.</summary>
    public ulong Features;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Version = 0;
        Features = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // version = 1
                    Version = reader.ReadUInt32();
                    break;
                case 0x10:  // features = 2
                    Features = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Version != 0) count += 1 + Varint.ByteCount(Version);
        if (Features != 0) count += 1 + Varint.ByteCount(Features);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Version != 0) writer.WriteField(0x08, Version);
        if (Features != 0) writer.WriteField(0x10, Features);
    }
}

/// <summary>Answers `hello`.</summary>
public struct InfoMessage
{
    /// <summary>The version to use: the lower of both sides' versions.</summary>
    public uint Version;

    /// <summary>The features to use: those that both sides have.</summary>
    public ulong Features;

    /// <summary>Bits in a machine word.</summary>
    public uint WordBits;

    /// <summary>Longest delimited message that the server takes or sends, in bytes.</summary>
    public uint MaxBytes;

    /// <summary>The caller's own owner id.</summary>
    public ulong Owner;

    /// <summary>A hash of the kernel configuration, because object type numbers depend on it.</summary>
    public ulong ConfigHash;

    /// <summary>The server's name, for people.</summary>
    public ShortText Name;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Version = 0;
        Features = 0;
        WordBits = 0;
        MaxBytes = 0;
        Owner = 0;
        ConfigHash = 0;
        Name.Clear();
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // version = 1
                    Version = reader.ReadUInt32();
                    break;
                case 0x10:  // features = 2
                    Features = reader.ReadVarint();
                    break;
                case 0x18:  // word_bits = 3
                    WordBits = reader.ReadUInt32();
                    break;
                case 0x20:  // max_bytes = 4
                    MaxBytes = reader.ReadUInt32();
                    break;
                case 0x28:  // owner = 5
                    Owner = reader.ReadVarint();
                    break;
                case 0x31:  // config_hash = 6
                    ConfigHash = reader.ReadFixed64();
                    break;
                case 0x3a:  // name = 7
                    reader.ReadText(ref Name);
                    break;
                default:
                    reader.Skip(header, 0xfe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Version != 0) count += 1 + Varint.ByteCount(Version);
        if (Features != 0) count += 1 + Varint.ByteCount(Features);
        if (WordBits != 0) count += 1 + Varint.ByteCount(WordBits);
        if (MaxBytes != 0) count += 1 + Varint.ByteCount(MaxBytes);
        if (Owner != 0) count += 1 + Varint.ByteCount(Owner);
        if (ConfigHash != 0) count += 9;
        if (!Name.IsEmpty) count += 2 + Name.Length;
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Version != 0) writer.WriteField(0x08, Version);
        if (Features != 0) writer.WriteField(0x10, Features);
        if (WordBits != 0) writer.WriteField(0x18, WordBits);
        if (MaxBytes != 0) writer.WriteField(0x20, MaxBytes);
        if (Owner != 0) writer.WriteField(0x28, Owner);
        if (ConfigHash != 0) writer.WriteFixed64Field(0x31, ConfigHash);
        if (!Name.IsEmpty) writer.WriteTextField(0x3a, in Name);
    }
}

/// <summary>Wishes about how a request is served.</summary>
public struct HintsMessage
{
    /// <summary>Number of an allocation policy; 0 leaves it to the server.</summary>
    public uint Policy;

    /// <summary>Sum of values of enum HintFlag.</summary>
    public uint Flags;

    /// <summary>Lowest physical address allowed.</summary>
    public ulong MinAddr;

    /// <summary>Last byte allowed, inclusive; 0 means no limit.</summary>
    public ulong MaxAddr;

    /// <summary>A value of enum Lifetime.</summary>
    public uint Lifetime;

    /// <summary>Priority of the request among those that wait.</summary>
    public uint Priority;

    /// <summary>Cache colour wanted.</summary>
    public uint Colour;

    /// <summary>Lease wanted, in milliseconds; 0 for none.</summary>
    public ulong LeaseMs;

    /// <summary>What the grant is for, shown in listings; at most 31 bytes.</summary>
    public ShortText Label;

    /// <summary>Slot of the caller's grant window to place the capability in directly.</summary>
    public ulong DestSlot;

    /// <summary>
    /// Milliseconds to wait for resources at most; 0 leaves it to the server, which has its own limit.
    /// </summary>
    public uint WaitMs;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Policy = 0;
        Flags = 0;
        MinAddr = 0;
        MaxAddr = 0;
        Lifetime = 0;
        Priority = 0;
        Colour = 0;
        LeaseMs = 0;
        Label.Clear();
        DestSlot = 0;
        WaitMs = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // policy = 1
                    Policy = reader.ReadUInt32();
                    break;
                case 0x10:  // flags = 2
                    Flags = reader.ReadUInt32();
                    break;
                case 0x18:  // min_addr = 3
                    MinAddr = reader.ReadVarint();
                    break;
                case 0x20:  // max_addr = 4
                    MaxAddr = reader.ReadVarint();
                    break;
                case 0x28:  // lifetime = 5
                    Lifetime = reader.ReadUInt32();
                    break;
                case 0x30:  // priority = 6
                    Priority = reader.ReadUInt32();
                    break;
                case 0x38:  // colour = 7
                    Colour = reader.ReadUInt32();
                    break;
                case 0x40:  // lease_ms = 8
                    LeaseMs = reader.ReadVarint();
                    break;
                case 0x4a:  // label = 9
                    reader.ReadText(ref Label);
                    break;
                case 0x50:  // dest_slot = 10
                    DestSlot = reader.ReadVarint();
                    break;
                case 0x58:  // wait_ms = 11
                    WaitMs = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0xffe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Policy != 0) count += 1 + Varint.ByteCount(Policy);
        if (Flags != 0) count += 1 + Varint.ByteCount(Flags);
        if (MinAddr != 0) count += 1 + Varint.ByteCount(MinAddr);
        if (MaxAddr != 0) count += 1 + Varint.ByteCount(MaxAddr);
        if (Lifetime != 0) count += 1 + Varint.ByteCount(Lifetime);
        if (Priority != 0) count += 1 + Varint.ByteCount(Priority);
        if (Colour != 0) count += 1 + Varint.ByteCount(Colour);
        if (LeaseMs != 0) count += 1 + Varint.ByteCount(LeaseMs);
        if (!Label.IsEmpty) count += 2 + Label.Length;
        if (DestSlot != 0) count += 1 + Varint.ByteCount(DestSlot);
        if (WaitMs != 0) count += 1 + Varint.ByteCount(WaitMs);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Policy != 0) writer.WriteField(0x08, Policy);
        if (Flags != 0) writer.WriteField(0x10, Flags);
        if (MinAddr != 0) writer.WriteField(0x18, MinAddr);
        if (MaxAddr != 0) writer.WriteField(0x20, MaxAddr);
        if (Lifetime != 0) writer.WriteField(0x28, Lifetime);
        if (Priority != 0) writer.WriteField(0x30, Priority);
        if (Colour != 0) writer.WriteField(0x38, Colour);
        if (LeaseMs != 0) writer.WriteField(0x40, LeaseMs);
        if (!Label.IsEmpty) writer.WriteTextField(0x4a, in Label);
        if (DestSlot != 0) writer.WriteField(0x50, DestSlot);
        if (WaitMs != 0) writer.WriteField(0x58, WaitMs);
    }
}

/// <summary>Why a request was refused.</summary>
public struct DetailMessage
{
    /// <summary>Error number that the kernel gave, when it was the kernel that refused.</summary>
    public uint KernelError;

    /// <summary>Field number of the request field at fault.</summary>
    public uint Argument;

    /// <summary>Lowest value that would have been taken.</summary>
    public ulong RangeMin;

    /// <summary>Highest value that would have been taken.</summary>
    public ulong RangeMax;

    /// <summary>What is still to be had: bytes, the largest free block, or what is left of the quota.</summary>
    public ulong Available;

    /// <summary>Which quota is exhausted, a value of enum QuotaKind.</summary>
    public uint QuotaKind;

    /// <summary>A sentence for people.</summary>
    public ShortText Text;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        KernelError = 0;
        Argument = 0;
        RangeMin = 0;
        RangeMax = 0;
        Available = 0;
        QuotaKind = 0;
        Text.Clear();
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // kernel_error = 1
                    KernelError = reader.ReadUInt32();
                    break;
                case 0x10:  // argument = 2
                    Argument = reader.ReadUInt32();
                    break;
                case 0x18:  // range_min = 3
                    RangeMin = reader.ReadVarint();
                    break;
                case 0x20:  // range_max = 4
                    RangeMax = reader.ReadVarint();
                    break;
                case 0x28:  // available = 5
                    Available = reader.ReadVarint();
                    break;
                case 0x30:  // quota_kind = 6
                    QuotaKind = reader.ReadUInt32();
                    break;
                case 0x3a:  // text = 7
                    reader.ReadText(ref Text);
                    break;
                default:
                    reader.Skip(header, 0xfe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (KernelError != 0) count += 1 + Varint.ByteCount(KernelError);
        if (Argument != 0) count += 1 + Varint.ByteCount(Argument);
        if (RangeMin != 0) count += 1 + Varint.ByteCount(RangeMin);
        if (RangeMax != 0) count += 1 + Varint.ByteCount(RangeMax);
        if (Available != 0) count += 1 + Varint.ByteCount(Available);
        if (QuotaKind != 0) count += 1 + Varint.ByteCount(QuotaKind);
        if (!Text.IsEmpty) count += 2 + Text.Length;
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (KernelError != 0) writer.WriteField(0x08, KernelError);
        if (Argument != 0) writer.WriteField(0x10, Argument);
        if (RangeMin != 0) writer.WriteField(0x18, RangeMin);
        if (RangeMax != 0) writer.WriteField(0x20, RangeMax);
        if (Available != 0) writer.WriteField(0x28, Available);
        if (QuotaKind != 0) writer.WriteField(0x30, QuotaKind);
        if (!Text.IsEmpty) writer.WriteTextField(0x3a, in Text);
    }
}

/// <summary>One entry of a listing.</summary>
public struct RecordMessage
{
    /// <summary>The grant's handle.</summary>
    public ulong Cookie;

    /// <summary>
    /// A value of enum GrantKind; for counters a value of enum Counter, for waiting requests of enum QuotaKind, and in
    /// the audit ring the number of the request member.
    /// </summary>
    public uint Kind;

    /// <summary>
    /// First physical address, port or interrupt vector; for a histogram the order (log2 bytes), in the audit ring the
    /// time in milliseconds.
    /// </summary>
    public ulong Start;

    /// <summary>
    /// How many bytes, ports or vectors; for a histogram how many free blocks, for counters the value, for waiting
    /// requests how much is missing, in the audit ring the request's first number (address, port, interrupt or cookie).
    /// </summary>
    public ulong Length;

    /// <summary>Object type number, when it is memory; in the audit ring error number · 256 + reason.</summary>
    public ulong Type;

    /// <summary>Owner id of the holder, or of who asked.</summary>
    public ulong Owner;

    /// <summary>Sum of values of enum RecordFlag.</summary>
    public uint Flags;

    /// <summary>Milliseconds until the lease ends; 0 when there is none.</summary>
    public ulong LeaseMs;

    /// <summary>What the grant is for, as the holder said.</summary>
    public ShortText Label;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Cookie = 0;
        Kind = 0;
        Start = 0;
        Length = 0;
        Type = 0;
        Owner = 0;
        Flags = 0;
        LeaseMs = 0;
        Label.Clear();
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // cookie = 1
                    Cookie = reader.ReadVarint();
                    break;
                case 0x10:  // kind = 2
                    Kind = reader.ReadUInt32();
                    break;
                case 0x18:  // start = 3
                    Start = reader.ReadVarint();
                    break;
                case 0x20:  // length = 4
                    Length = reader.ReadVarint();
                    break;
                case 0x28:  // type = 5
                    Type = reader.ReadVarint();
                    break;
                case 0x30:  // owner = 6
                    Owner = reader.ReadVarint();
                    break;
                case 0x38:  // flags = 7
                    Flags = reader.ReadUInt32();
                    break;
                case 0x40:  // lease_ms = 8
                    LeaseMs = reader.ReadVarint();
                    break;
                case 0x4a:  // label = 9
                    reader.ReadText(ref Label);
                    break;
                default:
                    reader.Skip(header, 0x3fe);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Cookie != 0) count += 1 + Varint.ByteCount(Cookie);
        if (Kind != 0) count += 1 + Varint.ByteCount(Kind);
        if (Start != 0) count += 1 + Varint.ByteCount(Start);
        if (Length != 0) count += 1 + Varint.ByteCount(Length);
        if (Type != 0) count += 1 + Varint.ByteCount(Type);
        if (Owner != 0) count += 1 + Varint.ByteCount(Owner);
        if (Flags != 0) count += 1 + Varint.ByteCount(Flags);
        if (LeaseMs != 0) count += 1 + Varint.ByteCount(LeaseMs);
        if (!Label.IsEmpty) count += 2 + Label.Length;
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Cookie != 0) writer.WriteField(0x08, Cookie);
        if (Kind != 0) writer.WriteField(0x10, Kind);
        if (Start != 0) writer.WriteField(0x18, Start);
        if (Length != 0) writer.WriteField(0x20, Length);
        if (Type != 0) writer.WriteField(0x28, Type);
        if (Owner != 0) writer.WriteField(0x30, Owner);
        if (Flags != 0) writer.WriteField(0x38, Flags);
        if (LeaseMs != 0) writer.WriteField(0x40, LeaseMs);
        if (!Label.IsEmpty) writer.WriteTextField(0x4a, in Label);
    }
}

/// <summary>One limit and its use.</summary>
public struct QuotaStateMessage
{
    /// <summary>A value of enum QuotaKind.</summary>
    public uint Kind;

    /// <summary>The limit.</summary>
    public ulong Limit;

    /// <summary>How much is used.</summary>
    public ulong Used;

    /// <summary>The most that was ever used.</summary>
    public ulong Peak;

    /// <summary>Makes it the message without any field.</summary>
    public void Clear()
    {
        Kind = 0;
        Limit = 0;
        Used = 0;
        Peak = 0;
    }

    /// <summary>
    /// Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.
    /// </summary>
    public void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // kind = 1
                    Kind = reader.ReadUInt32();
                    break;
                case 0x10:  // limit = 2
                    Limit = reader.ReadVarint();
                    break;
                case 0x18:  // used = 3
                    Used = reader.ReadVarint();
                    break;
                case 0x20:  // peak = 4
                    Peak = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x1e);
                    break;
            }
        }
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public readonly int ByteCount()
    {
        int count = 0;
        if (Kind != 0) count += 1 + Varint.ByteCount(Kind);
        if (Limit != 0) count += 1 + Varint.ByteCount(Limit);
        if (Used != 0) count += 1 + Varint.ByteCount(Used);
        if (Peak != 0) count += 1 + Varint.ByteCount(Peak);
        return count;
    }

    /// <summary>Writes the message in canonical form.</summary>
    public readonly void WriteTo(ref MessageWriter writer)
    {
        if (Kind != 0) writer.WriteField(0x08, Kind);
        if (Limit != 0) writer.WriteField(0x10, Limit);
        if (Used != 0) writer.WriteField(0x18, Used);
        if (Peak != 0) writer.WriteField(0x20, Peak);
    }
}
