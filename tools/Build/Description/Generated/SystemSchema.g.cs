// SPDX-License-Identifier: BSD-2-Clause
// Generated from system.proto by './sel4 gen' (tools/Gen/Description). Do not edit: a test compares.
namespace Sel4.Tools.Build.Description;

/// <summary>What system.proto says, for the reader of its text form.</summary>
public static class SystemSchema
{
    public static readonly EnumSchema HardwareMode = new("HardwareMode",
    [
        new("MANIFEST", 0, "What its `device` entries name."),
        new("OPEN", 1, "Whatever the server does not keep for itself."),
        new("CLOSED", 2, "None."),
    ]);

    public static readonly EnumSchema RestartWhen = new("RestartWhen",
    [
        new("NEVER", 0, "After none."),
        new("ON_FAULT", 1, "After a fault, an exit status other than 0, or the end of its time."),
        new("ALWAYS", 2, "After each end, except a kill."),
    ]);

    public static readonly EnumSchema QuotaRule = new("QuotaRule",
    [
        new("REFUSE", 0, "It is refused, and says what is left."),
        new("WAIT", 1, "It waits until something was given back or a parent has raised the limit; a minute at most."),
        new("END", 2, "The child is killed."),
    ]);

    public static readonly EnumSchema FaultAction = new("FaultAction",
    [
        new("KILL", 0, "It ends and everything is taken back."),
        new("SUSPEND", 1, "It stays as it is, for a debugger, until the others have ended."),
    ]);

    public static readonly MessageSchema QuotaDescription = new("QuotaDescription",
    [
        new("ram_kib", 1, FieldKind.UInt64, false,
            "Memory, in units of 1024 bytes; 65536 (64 MiB) when left out."),
        new("device_kib", 2, FieldKind.UInt64, false,
            "Device memory, in units of 1024 bytes; 1048576 (1 GiB) when left out."),
        new("grants", 3, FieldKind.UInt64, false,
            "Grants of any kind; 1024 when left out."),
        new("slots", 4, FieldKind.UInt64, false,
            "Capability slots of the server that hold them; 4096 when left out."),
        new("irqs", 5, FieldKind.UInt64, false,
            "Interrupts; 16 when left out."),
        new("port_ranges", 6, FieldKind.UInt64, false,
            "Ranges of I/O ports; 16 when left out."),
        new("bookkeeping_bytes", 8, FieldKind.UInt64, false,
            "The server's memory for keeping books, in bytes; 1048576 when left out."),
    ]);

    public static readonly MessageSchema DeviceUse = new("DeviceUse",
    [
        new("name", 1, FieldKind.String, false,
            "The name of a device of this system."),
    ]);

    public static readonly MessageSchema RestartRule = new("RestartRule",
    [
        new("when", 1, FieldKind.Enum, false,
            "After which ends.") { Enum = RestartWhen },
        new("max_restarts", 2, FieldKind.UInt32, false,
            "At most so many times; 3 when left out."),
        new("within_ms", 3, FieldKind.UInt64, false,
            "Restarts are counted over so many milliseconds; over the whole run when left out."),
        new("back_off_ms", 4, FieldKind.UInt64, false,
            "Milliseconds before the first restart, doubled for each further one up to a minute; 0 when left out."),
    ]);

    public static readonly MessageSchema PolicyUse = new("PolicyUse",
    [
        new("name", 1, FieldKind.String, false,
            "A name of the policy catalogue; `./sel4 policies` lists them."),
        new("setting", 2, FieldKind.String, true,
            "Settings, each KEY=VALUE; what a policy understands is in its description."),
    ]);

    public static readonly MessageSchema ChildDescription = new("ChildDescription",
    [
        new("name", 1, FieldKind.String, false,
            "Its name: unique, 1 to 31 letters, digits, '-', '_' or '.'; beside a program, that program's when left out."),
        new("program", 2, FieldKind.String, false,
            "The program that it runs, a sample or another program of the image; the child's name when left out."),
        new("argument", 3, FieldKind.String, true,
            "Arguments after the program's name."),
        new("environment", 4, FieldKind.String, true,
            "Environment variables, each NAME=VALUE."),
        new("priority", 5, FieldKind.UInt32, false,
            "Priority of its first thread, 1 to 253; 100 when left out."),
        new("max_priority", 6, FieldKind.UInt32, false,
            "The highest priority that it may give its threads, from `priority` to 253; its priority when left out."),
        new("stack_bytes", 7, FieldKind.UInt64, false,
            "Bytes of its first stack, a multiple of 4096 up to 1048576; 65536 when left out."),
        new("cnode_bits", 8, FieldKind.UInt32, false,
            "log2 of the number of its capability slots, 8 to 17; 12 when left out."),
        new("quota", 9, FieldKind.Message, false,
            "How much of everything it may hold at one time.") { Message = QuotaDescription },
        new("device", 10, FieldKind.Message, true,
            "Devices that it may ask for, by name.") { Message = DeviceUse },
        new("hardware", 11, FieldKind.Enum, false,
            "Which hardware it may ask for: what its `device` entries name, anything, or nothing.") { Enum = HardwareMode },
        new("restart", 12, FieldKind.Message, false,
            "Whether and when it is started again.") { Message = RestartRule },
        new("on_fault", 13, FieldKind.Enum, false,
            "What happens when one of its threads faults.") { Enum = FaultAction },
        new("time_limit_ms", 14, FieldKind.UInt64, false,
            "How long it may run, in milliseconds, before it is ended as one that hangs; for ever when left out."),
        new("policy", 15, FieldKind.Message, true,
            "Policies for this child alone, after those of the system.") { Message = PolicyUse },
        new("on_demand", 16, FieldKind.Bool, false,
            "Do not start it at boot."),
        new("repeat", 18, FieldKind.UInt32, false,
            "How many times it runs, one after the other; 1 when left out."),
        new("after", 19, FieldKind.String, false,
            "The child that has to end before this one starts; both print their lines without mixing."),
        new("parent", 20, FieldKind.String, false,
            "The child under whose quotas it lives, and with which it dies; the server itself when left out."),
        new("sweep_spawn", 21, FieldKind.Bool, false,
            "For tests of the server: the first step of its spawn fails, when it repeats the second, and so on until all have."),
        new("on_quota", 22, FieldKind.Enum, false,
            "What happens to a request beyond its quota.") { Enum = QuotaRule },
    ]);

    public static readonly MessageSchema PhysicalRange = new("PhysicalRange",
    [
        new("start", 1, FieldKind.UInt64, false,
            "First address, a multiple of 4096."),
        new("bytes", 2, FieldKind.UInt64, false,
            "How many bytes, a multiple of 4096."),
    ]);

    public static readonly MessageSchema PortRange = new("PortRange",
    [
        new("first", 1, FieldKind.UInt32, false,
            "First port."),
        new("last", 2, FieldKind.UInt32, false,
            "Last port."),
    ]);

    public static readonly MessageSchema InterruptLine = new("InterruptLine",
    [
        new("ioapic", 1, FieldKind.UInt32, false,
            "The controller; 0 is the first."),
        new("pin", 2, FieldKind.UInt32, false,
            "Its pin."),
    ]);

    public static readonly MessageSchema PciFunction = new("PciFunction",
    [
        new("bus", 1, FieldKind.UInt32, false,
            "Bus, 0 to 255."),
        new("device", 2, FieldKind.UInt32, false,
            "Device, 0 to 31."),
        new("function", 3, FieldKind.UInt32, false,
            "Function, 0 to 7."),
    ]);

    public static readonly MessageSchema DeviceDescription = new("DeviceDescription",
    [
        new("name", 1, FieldKind.String, false,
            "Its name: unique, 1 to 31 letters, digits, '-', '_' or '.'."),
        new("memory", 2, FieldKind.Message, true,
            "Ranges of physical addresses.") { Message = PhysicalRange },
        new("ports", 3, FieldKind.Message, true,
            "Ranges of I/O ports.") { Message = PortRange },
        new("irq", 4, FieldKind.Message, true,
            "Interrupt lines.") { Message = InterruptLine },
        new("msi", 5, FieldKind.Message, true,
            "Message-signalled interrupts of PCI functions.") { Message = PciFunction },
    ]);

    public static readonly MessageSchema SystemDescription = new("SystemDescription",
    [
        new("child", 1, FieldKind.Message, true,
            "The children, in the order in which they start.") { Message = ChildDescription },
        new("device", 2, FieldKind.Message, true,
            "Devices by name; a child gets nothing but what its own `device` entries name.") { Message = DeviceDescription },
        new("policy", 3, FieldKind.Message, true,
            "Policies that judge every request of every child, before the child's own; the first that decides wins.") { Message = PolicyUse },
        new("console", 4, FieldKind.Bool, false,
            "Have an operator's console on the serial line; the system then goes on until it is told to quit."),
        new("trace", 5, FieldKind.Bool, false,
            "Print a line for each request that was served: who, what, and how it ended."),
    ]);
}
