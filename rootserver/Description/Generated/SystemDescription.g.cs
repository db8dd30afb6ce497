// SPDX-License-Identifier: BSD-2-Clause
// Generated from system.proto by './sel4 gen' (tools/Gen/Description). Do not edit: a test compares.
using System.Collections.Generic;
using System.Text;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Which hardware a child may ask for.</summary>
public enum HardwareMode : byte
{
    /// <summary>What its `device` entries name.</summary>
    Manifest = 0,

    /// <summary>Whatever the server does not keep for itself.</summary>
    Open = 1,

    /// <summary>None.</summary>
    Closed = 2,
}

/// <summary>After which ends a child is started again.</summary>
public enum RestartWhen : byte
{
    /// <summary>After none.</summary>
    Never = 0,

    /// <summary>After a fault, an exit status other than 0, or the end of its time.</summary>
    OnFault = 1,

    /// <summary>After each end, except a kill.</summary>
    Always = 2,
}

/// <summary>What happens to a request beyond a quota.</summary>
public enum QuotaRule : byte
{
    /// <summary>It is refused, and says what is left.</summary>
    Refuse = 0,

    /// <summary>It waits until something was given back or a parent has raised the limit; a minute at most.</summary>
    Wait = 1,

    /// <summary>The child is killed.</summary>
    End = 2,
}

/// <summary>What happens to a child one of whose threads faults.</summary>
public enum FaultAction : byte
{
    /// <summary>It ends and everything is taken back.</summary>
    Kill = 0,

    /// <summary>It stays as it is, for a debugger, until the others have ended.</summary>
    Suspend = 1,
}

/// <summary>Limits, one a quota kind; a request beyond is refused with the kind and what is left of it.</summary>
public sealed class QuotaDescription
{
    /// <summary>Memory, in units of 1024 bytes; 65536 (64 MiB) when left out.</summary>
    public ulong RamKib { get; set; }

    /// <summary>Device memory, in units of 1024 bytes; 1048576 (1 GiB) when left out.</summary>
    public ulong DeviceKib { get; set; }

    /// <summary>Grants of any kind; 1024 when left out.</summary>
    public ulong Grants { get; set; }

    /// <summary>Capability slots of the server that hold them; 4096 when left out.</summary>
    public ulong Slots { get; set; }

    /// <summary>Interrupts; 16 when left out.</summary>
    public ulong Irqs { get; set; }

    /// <summary>Ranges of I/O ports; 16 when left out.</summary>
    public ulong PortRanges { get; set; }

    /// <summary>The server's memory for keeping books, in bytes; 1048576 when left out.</summary>
    public ulong BookkeepingBytes { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // ram_kib = 1
                    RamKib = reader.ReadVarint();
                    break;
                case 0x10:  // device_kib = 2
                    DeviceKib = reader.ReadVarint();
                    break;
                case 0x18:  // grants = 3
                    Grants = reader.ReadVarint();
                    break;
                case 0x20:  // slots = 4
                    Slots = reader.ReadVarint();
                    break;
                case 0x28:  // irqs = 5
                    Irqs = reader.ReadVarint();
                    break;
                case 0x30:  // port_ranges = 6
                    PortRanges = reader.ReadVarint();
                    break;
                case 0x40:  // bookkeeping_bytes = 8
                    BookkeepingBytes = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x17e);
                    break;
            }
        }
    }
}

/// <summary>A device that a child may ask for.</summary>
public sealed class DeviceUse
{
    /// <summary>The name of a device of this system.</summary>
    public string Name { get; set; } = "";

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // name = 1
                    Name = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                default:
                    reader.Skip(header, 0x2);
                    break;
            }
        }
    }
}

/// <summary>When a child that has ended is started again.</summary>
public sealed class RestartRule
{
    /// <summary>After which ends.</summary>
    public RestartWhen When { get; set; }

    /// <summary>At most so many times; 3 when left out.</summary>
    /// <remarks>After that it stays ended, and the server says so.</remarks>
    public uint MaxRestarts { get; set; }

    /// <summary>Restarts are counted over so many milliseconds; over the whole run when left out.</summary>
    public ulong WithinMs { get; set; }

    /// <summary>
    /// Milliseconds before the first restart, doubled for each further one up to a minute; 0 when left out.
    /// </summary>
    public ulong BackOffMs { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // when = 1
                    When = (RestartWhen)reader.ReadUInt32();
                    break;
                case 0x10:  // max_restarts = 2
                    MaxRestarts = reader.ReadUInt32();
                    break;
                case 0x18:  // within_ms = 3
                    WithinMs = reader.ReadVarint();
                    break;
                case 0x20:  // back_off_ms = 4
                    BackOffMs = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x1e);
                    break;
            }
        }
    }
}

/// <summary>A policy and how it is set.</summary>
public sealed class PolicyUse
{
    /// <summary>A name of the policy catalogue; `./sel4 policies` lists them.</summary>
    public string Name { get; set; } = "";

    /// <summary>Settings, each KEY=VALUE; what a policy understands is in its description.</summary>
    public List<string> Settings { get; } = new();

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // name = 1
                    Name = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case 0x12:  // setting = 2
                    Settings.Add(Encoding.UTF8.GetString(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }
}

/// <summary>One child process.</summary>
public sealed class ChildDescription
{
    /// <summary>
    /// Its name: unique, 1 to 31 letters, digits, '-', '_' or '.'; beside a program, that program's when left out.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The program that it runs, a sample or another program of the image; the child's name when left out.
    /// </summary>
    public string Program { get; set; } = "";

    /// <summary>Arguments after the program's name.</summary>
    public List<string> Arguments { get; } = new();

    /// <summary>Environment variables, each NAME=VALUE.</summary>
    public List<string> Environments { get; } = new();

    /// <summary>Priority of its first thread, 1 to 253; 100 when left out.</summary>
    public uint Priority { get; set; }

    /// <summary>
    /// The highest priority that it may give its threads, from `priority` to 253; its priority when left out.
    /// </summary>
    public uint MaxPriority { get; set; }

    /// <summary>Bytes of its first stack, a multiple of 4096 up to 1048576; 65536 when left out.</summary>
    public ulong StackBytes { get; set; }

    /// <summary>log2 of the number of its capability slots, 8 to 17; 12 when left out.</summary>
    public uint CnodeBits { get; set; }

    /// <summary>How much of everything it may hold at one time.</summary>
    public QuotaDescription Quota { get; } = new();

    /// <summary>Devices that it may ask for, by name.</summary>
    public List<DeviceUse> Devices { get; } = new();

    /// <summary>Which hardware it may ask for: what its `device` entries name, anything, or nothing.</summary>
    public HardwareMode Hardware { get; set; }

    /// <summary>Whether and when it is started again.</summary>
    public RestartRule Restart { get; } = new();

    /// <summary>What happens when one of its threads faults.</summary>
    public FaultAction OnFault { get; set; }

    /// <summary>
    /// How long it may run, in milliseconds, before it is ended as one that hangs; for ever when left out.
    /// </summary>
    public ulong TimeLimitMs { get; set; }

    /// <summary>Policies for this child alone, after those of the system.</summary>
    public List<PolicyUse> Policies { get; } = new();

    /// <summary>Do not start it at boot.</summary>
    public bool OnDemand { get; set; }

    /// <summary>How many times it runs, one after the other; 1 when left out.</summary>
    public uint Repeat { get; set; }

    /// <summary>The child that has to end before this one starts; both print their lines without mixing.</summary>
    public string After { get; set; } = "";

    /// <summary>
    /// The child under whose quotas it lives, and with which it dies; the server itself when left out.
    /// </summary>
    public string Parent { get; set; } = "";

    /// <summary>
    /// For tests of the server: the first step of its spawn fails, when it repeats the second, and so on until all
    /// have.
    /// </summary>
    public bool SweepSpawn { get; set; }

    /// <summary>What happens to a request beyond its quota.</summary>
    public QuotaRule OnQuota { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // name = 1
                    Name = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case 0x12:  // program = 2
                    Program = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case 0x1a:  // argument = 3
                    Arguments.Add(Encoding.UTF8.GetString(reader.ReadBytes()));
                    break;
                case 0x22:  // environment = 4
                    Environments.Add(Encoding.UTF8.GetString(reader.ReadBytes()));
                    break;
                case 0x28:  // priority = 5
                    Priority = reader.ReadUInt32();
                    break;
                case 0x30:  // max_priority = 6
                    MaxPriority = reader.ReadUInt32();
                    break;
                case 0x38:  // stack_bytes = 7
                    StackBytes = reader.ReadVarint();
                    break;
                case 0x40:  // cnode_bits = 8
                    CnodeBits = reader.ReadUInt32();
                    break;
                case 0x4a:  // quota = 9
                    nuint afterQuota = reader.Enter();
                    Quota.Merge(ref reader);
                    reader.Leave(afterQuota);
                    break;
                case 0x52:  // device = 10
                    nuint afterDevices = reader.Enter();
                    DeviceUse newDevices = new();
                    newDevices.Merge(ref reader);
                    Devices.Add(newDevices);
                    reader.Leave(afterDevices);
                    break;
                case 0x58:  // hardware = 11
                    Hardware = (HardwareMode)reader.ReadUInt32();
                    break;
                case 0x62:  // restart = 12
                    nuint afterRestart = reader.Enter();
                    Restart.Merge(ref reader);
                    reader.Leave(afterRestart);
                    break;
                case 0x68:  // on_fault = 13
                    OnFault = (FaultAction)reader.ReadUInt32();
                    break;
                case 0x70:  // time_limit_ms = 14
                    TimeLimitMs = reader.ReadVarint();
                    break;
                case 0x7a:  // policy = 15
                    nuint afterPolicies = reader.Enter();
                    PolicyUse newPolicies = new();
                    newPolicies.Merge(ref reader);
                    Policies.Add(newPolicies);
                    reader.Leave(afterPolicies);
                    break;
                case 0x80:  // on_demand = 16
                    OnDemand = reader.ReadBool();
                    break;
                case 0x90:  // repeat = 18
                    Repeat = reader.ReadUInt32();
                    break;
                case 0x9a:  // after = 19
                    After = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case 0xa2:  // parent = 20
                    Parent = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case 0xa8:  // sweep_spawn = 21
                    SweepSpawn = reader.ReadBool();
                    break;
                case 0xb0:  // on_quota = 22
                    OnQuota = (QuotaRule)reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0x7dfffe);
                    break;
            }
        }
    }
}

/// <summary>Physical addresses from `start` on.</summary>
public sealed class PhysicalRange
{
    /// <summary>First address, a multiple of 4096.</summary>
    public ulong Start { get; set; }

    /// <summary>How many bytes, a multiple of 4096.</summary>
    public ulong Bytes { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // start = 1
                    Start = reader.ReadVarint();
                    break;
                case 0x10:  // bytes = 2
                    Bytes = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }
}

/// <summary>I/O ports from `first` to `last`, both included.</summary>
public sealed class PortRange
{
    /// <summary>First port.</summary>
    public uint First { get; set; }

    /// <summary>Last port.</summary>
    public uint Last { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // first = 1
                    First = reader.ReadUInt32();
                    break;
                case 0x10:  // last = 2
                    Last = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }
}

/// <summary>One pin of an interrupt controller.</summary>
public sealed class InterruptLine
{
    /// <summary>The controller; 0 is the first.</summary>
    public uint Ioapic { get; set; }

    /// <summary>Its pin.</summary>
    public uint Pin { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // ioapic = 1
                    Ioapic = reader.ReadUInt32();
                    break;
                case 0x10:  // pin = 2
                    Pin = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0x6);
                    break;
            }
        }
    }
}

/// <summary>A function of a PCI device, which may send messages as interrupts.</summary>
public sealed class PciFunction
{
    /// <summary>Bus, 0 to 255.</summary>
    public uint Bus { get; set; }

    /// <summary>Device, 0 to 31.</summary>
    public uint Device { get; set; }

    /// <summary>Function, 0 to 7.</summary>
    public uint Function { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x08:  // bus = 1
                    Bus = reader.ReadUInt32();
                    break;
                case 0x10:  // device = 2
                    Device = reader.ReadUInt32();
                    break;
                case 0x18:  // function = 3
                    Function = reader.ReadUInt32();
                    break;
                default:
                    reader.Skip(header, 0xe);
                    break;
            }
        }
    }
}

/// <summary>A device by name: what belongs to it.</summary>
public sealed class DeviceDescription
{
    /// <summary>Its name: unique, 1 to 31 letters, digits, '-', '_' or '.'.</summary>
    public string Name { get; set; } = "";

    /// <summary>Ranges of physical addresses.</summary>
    public List<PhysicalRange> Memory { get; } = new();

    /// <summary>Ranges of I/O ports.</summary>
    public List<PortRange> Ports { get; } = new();

    /// <summary>Interrupt lines.</summary>
    public List<InterruptLine> Irqs { get; } = new();

    /// <summary>Message-signalled interrupts of PCI functions.</summary>
    public List<PciFunction> Msi { get; } = new();

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // name = 1
                    Name = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case 0x12:  // memory = 2
                    nuint afterMemory = reader.Enter();
                    PhysicalRange newMemory = new();
                    newMemory.Merge(ref reader);
                    Memory.Add(newMemory);
                    reader.Leave(afterMemory);
                    break;
                case 0x1a:  // ports = 3
                    nuint afterPorts = reader.Enter();
                    PortRange newPorts = new();
                    newPorts.Merge(ref reader);
                    Ports.Add(newPorts);
                    reader.Leave(afterPorts);
                    break;
                case 0x22:  // irq = 4
                    nuint afterIrqs = reader.Enter();
                    InterruptLine newIrqs = new();
                    newIrqs.Merge(ref reader);
                    Irqs.Add(newIrqs);
                    reader.Leave(afterIrqs);
                    break;
                case 0x2a:  // msi = 5
                    nuint afterMsi = reader.Enter();
                    PciFunction newMsi = new();
                    newMsi.Merge(ref reader);
                    Msi.Add(newMsi);
                    reader.Leave(afterMsi);
                    break;
                default:
                    reader.Skip(header, 0x3e);
                    break;
            }
        }
    }
}

/// <summary>The whole system.</summary>
public sealed class SystemDescription
{
    /// <summary>The children, in the order in which they start.</summary>
    public List<ChildDescription> Children { get; } = new();

    /// <summary>Devices by name; a child gets nothing but what its own `device` entries name.</summary>
    public List<DeviceDescription> Devices { get; } = new();

    /// <summary>
    /// Policies that judge every request of every child, before the child's own; the first that decides wins.
    /// </summary>
    public List<PolicyUse> Policies { get; } = new();

    /// <summary>
    /// Have an operator's console on the serial line; the system then goes on until it is told to quit.
    /// </summary>
    public bool Console { get; set; }

    /// <summary>Print a line for each request that was served: who, what, and how it ended.</summary>
    public bool Trace { get; set; }

    /// <summary>Reads fields up to the reader's end.</summary>
    internal void Merge(ref MessageReader reader)
    {
        while (reader.TryReadHeader(out uint header))
        {
            switch (header)
            {
                case 0x0a:  // child = 1
                    nuint afterChildren = reader.Enter();
                    ChildDescription newChildren = new();
                    newChildren.Merge(ref reader);
                    Children.Add(newChildren);
                    reader.Leave(afterChildren);
                    break;
                case 0x12:  // device = 2
                    nuint afterDevices = reader.Enter();
                    DeviceDescription newDevices = new();
                    newDevices.Merge(ref reader);
                    Devices.Add(newDevices);
                    reader.Leave(afterDevices);
                    break;
                case 0x1a:  // policy = 3
                    nuint afterPolicies = reader.Enter();
                    PolicyUse newPolicies = new();
                    newPolicies.Merge(ref reader);
                    Policies.Add(newPolicies);
                    reader.Leave(afterPolicies);
                    break;
                case 0x20:  // console = 4
                    Console = reader.ReadBool();
                    break;
                case 0x28:  // trace = 5
                    Trace = reader.ReadBool();
                    break;
                default:
                    reader.Skip(header, 0x3e);
                    break;
            }
        }
    }
}
