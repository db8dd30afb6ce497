// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection;
using Kernel.Core;
using Sel4.Tests;

namespace Kernel.Tests.Layout;

/// <summary>The two words of a capability: every field comes back, and no setter touches another field.</summary>
public sealed class CapabilityLayoutTests
{
    private const int Rounds = 200;

    /// <summary>Type and fields: name, significant low bits, of these the low bits that are always zero, and A for an address.</summary>
    public static TheoryData<string, string> Layouts => new()
    {
        { "Null", "" },
        { "Frame", "Address:48:12:A SizeClass:2 Rights:2 IsDevice:1 MapKind:2 MappedAsid:12 MappedAddress:48:12:A" },
        { "Untyped", "Address:48:4:A SizeBits:6 IsDevice:1 FreeIndex:48" },
        { "PageTable", "Address:48:12:A IsMapped:1 MappedAsid:12 MappedAddress:48:12:A" },
        { "Endpoint", "Address:48:4:A Badge:64 CanSend:1 CanReceive:1 CanGrant:1 CanGrantReply:1" },
        { "PageDirectory", "Address:48:12:A IsMapped:1 MappedAsid:12 MappedAddress:48:12:A" },
        { "Notification", "Address:48:4:A Badge:64 CanSend:1 CanReceive:1" },
        { "Pdpt", "Address:48:12:A IsMapped:1 MappedAsid:12 MappedAddress:48:12:A" },
        { "Reply", "TcbAddress:48:11:A IsMaster:1 CanGrant:1" },
        { "Pml4", "Address:48:12:A IsMapped:1 MappedAsid:12" },
        { "CNode", "Address:48:5:A Radix:6 GuardSize:6 Guard:64" },
        { "AsidControl", "" },
        { "Tcb", "Address:48:11:A" },
        { "AsidPool", "Address:48:12:A Base:12" },
        { "IrqControl", "" },
        { "IrqHandler", "Vector:8" },
        { "Zombie", "Address:48:5:A Remaining:48 Radix:6 IsTcb:1" },
        { "IoPort", "First:16 Last:16" },
        { "Domain", "" },
        { "IoPortControl", "" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    [Rule("ABI-11.2")]
    public void Fields_round_trip_and_setters_touch_only_their_own(string type, string description)
    {
        Field[] fields = [.. description.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new Field(type, text))];
        MethodInfo constructor = typeof(Capability).GetMethod("New" + type)!;
        Assert.Equal(fields.Select(field => field.ParameterType), constructor.GetParameters().Select(parameter => parameter.ParameterType));
        Random random = new(20261121);
        for (int round = 0; round < Rounds; round++)
        {
            ulong[] values = [.. fields.Select(field => field.Random(random))];
            Capability capability = Make(constructor, fields, values);
            Expect(type, fields, values, capability);
            for (int i = 0; i < fields.Length; i++)
            {
                values[i] = fields[i].Random(random);
                capability = fields[i].With(capability, values[i]);
                Expect(type, fields, values, capability);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Bits_beyond_a_field_do_not_reach_its_neighbours(string type, string description)
    {
        Field[] fields = [.. description.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new Field(type, text))];
        MethodInfo constructor = typeof(Capability).GetMethod("New" + type)!;
        for (int i = 0; i < fields.Length; i++)
        {
            ulong[] values = new ulong[fields.Length];
            Capability overfull = fields[i].With(Make(constructor, fields, values), fields[i].Overfull);
            for (int j = 0; j < fields.Length; j++)
            {
                Assert.True(j == i || fields[j].Get(overfull) == 0, $"{type}.{fields[i].Name} spills into {fields[j].Name}");
            }

            Assert.Equal(type, overfull.Tag.ToString());
        }
    }

    [Fact]
    [Rule("ABI-11.2")]
    public void The_tag_is_the_number_that_debug_calls_report()
    {
        Assert.Equal(4, (int)Capability.NewEndpoint(0, 0, false, false, false, false).Tag);
        Assert.Equal(31, (int)Capability.NewIoPortControl().Tag);
        Assert.Equal(0UL, Capability.NewNull().Word0 | Capability.NewNull().Word1);
    }

    [Fact]
    public void Kernel_addresses_come_back_with_their_upper_half()
    {
        const ulong Address = 0xFFFF_FF80_1234_5000;
        Assert.Equal(Address, Capability.NewTcb(Address).TcbAddress);
        Assert.Equal(Address, Capability.NewCNode(Address, 3, 4, 5).CNodeAddress);
        Assert.Equal(0x7FFF_FFFF_E000UL, Capability.NewFrame(Address, 0, 3, false, 1, 7, 0x7FFF_FFFF_E000).FrameMappedAddress);
    }

    private static Capability Make(MethodInfo constructor, Field[] fields, ulong[] values) =>
        (Capability)constructor.Invoke(null, [.. fields.Select((field, i) => field.ToParameter(values[i]))])!;

    private static void Expect(string type, Field[] fields, ulong[] values, Capability capability)
    {
        Assert.Equal(type, capability.Tag.ToString());
        for (int i = 0; i < fields.Length; i++)
        {
            Assert.True(values[i] == fields[i].Get(capability),
                $"{type}.{fields[i].Name}: {fields[i].Get(capability):x} where {values[i]:x} was put");
        }
    }

    private sealed class Field
    {
        private readonly PropertyInfo _getter;
        private readonly MethodInfo _setter;
        private readonly int _width;
        private readonly int _align;
        private readonly bool _isAddress;

        internal Field(string type, string text)
        {
            string[] parts = text.Split(':');
            Name = parts[0];
            _width = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            _align = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 0;
            _isAddress = parts.Length > 3;
            _getter = typeof(Capability).GetProperty(type + Name) ?? throw new MissingMemberException("Capability", type + Name);
            _setter = typeof(Capability).GetMethod("With" + type + Name) ?? throw new MissingMemberException("Capability", type + Name);
        }

        internal string Name { get; }

        internal Type ParameterType => _width == 1 ? typeof(bool) : typeof(ulong);

        /// <summary>A value with bits set far beyond the field, but an address still as aligned as it must be.</summary>
        internal ulong Overfull => ulong.MaxValue << _align;

        internal ulong Random(Random random)
        {
            ulong value = unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue));
            if (random.Next(8) == 0)
            {
                value = random.Next(2) == 0 ? ulong.MaxValue : 0;
            }

            value = _width == 64 ? value : value & ((1UL << _width) - 1);
            value = value >> _align << _align;
            return _isAddress ? unchecked((ulong)((long)(value << 16) >> 16)) : value;
        }

        internal object ToParameter(ulong value) => _width == 1 ? value != 0 : value;

        internal ulong Get(Capability capability) =>
            _getter.GetValue(capability) is bool flag ? (flag ? 1UL : 0UL) : (ulong)_getter.GetValue(capability)!;

        internal Capability With(Capability capability, ulong value) =>
            (Capability)_setter.Invoke(capability, [ToParameter(value)])!;
    }
}
