// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>Judges the numbers of one device.</summary>
internal sealed class DeviceChecker(TextMessage device, List<DescriptionProblem> problems)
{
    private const ulong PageBytes = 4096;
    private const ulong MaxPort = 0xffff;
    private const ulong MaxPhysicalAddress = (1ul << 52) - 1; // SDM 3A §4.1.4
    private const ulong MaxIoApic = 7;
    private const ulong MaxPin = 239; // an IOAPIC has at most 240 entries, Intel 82093AA data sheet §3.2.2

    internal void Check()
    {
        foreach (TextMessage range in device.Messages("memory")) Memory(range);
        foreach (TextMessage range in device.Messages("ports"))
        {
            Limit(range, "first", MaxPort);
            Limit(range, "last", MaxPort);
            if (range.Number("last") < range.Number("first")) Note(range.Position, "the last port lies before the first");
        }

        foreach (TextMessage line in device.Messages("irq"))
        {
            Limit(line, "ioapic", MaxIoApic);
            Limit(line, "pin", MaxPin);
        }

        foreach (TextMessage function in device.Messages("msi"))
        {
            Limit(function, "bus", 255);
            Limit(function, "device", 31);
            Limit(function, "function", 7);
        }

        string[] parts = ["memory", "ports", "irq", "msi"];
        if (!parts.Any(device.Has))
            Note(device.Position, $"device '{device.Text("name")}' has nothing: give it {string.Join(", ", parts[..^1])} or {parts[^1]}");
    }

    private void Memory(TextMessage range)
    {
        ulong start = range.Number("start");
        ulong bytes = range.Number("bytes");
        ulong page = start & ~(PageBytes - 1);
        if (start != page)
            Note(range.PositionOf("start"), $"start is a multiple of {PageBytes}; the page of 0x{start:x} begins at 0x{page:x}");
        if (bytes == 0 || bytes % PageBytes != 0) Note(range.PositionOf("bytes"), $"bytes is a multiple of {PageBytes} and not 0");
        if (start > MaxPhysicalAddress || bytes > MaxPhysicalAddress - start + 1)
            Note(range.Position, "the range goes beyond physical addresses, which have 52 bits");
    }

    private void Limit(TextMessage message, string field, ulong last)
    {
        ulong value = message.Number(field);
        if (value > last) Note(message.PositionOf(field), $"{field} is {value}; it can be 0 to {last}");
    }

    private void Note(TextPosition position, string sentence) => problems.Add(new DescriptionProblem(position, sentence));
}
