// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>Cookies: 31 bits, never zero, never mistaken for one another.</summary>
[Rule("RPC:R6", "RPC:D5", "RPC:D6")]
public class GrantTableTests
{
    private readonly Session _owner = new(1, null);

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(20)]
    public void Cookies_stay_within_31_bits_over_many_pairs(int indexBits)
    {
        var table = new GrantTable(indexBits, 256);
        for (int i = 0; i < 3_000_000; i++)
        {
            ulong cookie = Grant(table, out int index);
            if (cookie is 0 or > 0x7fffffff) Assert.Fail($"cookie {cookie:x} after {i} pairs");
            table.Retire(index);
        }
        Assert.Equal(0, table.LiveCount);
        Assert.Equal(256, table.FreeCount);
    }

    [Fact]
    public void A_stale_cookie_is_known_as_freed_until_its_generation_wraps()
    {
        var table = new GrantTable(16, 256);
        ulong stale = Grant(table, out int first);
        table.Retire(first);
        for (int i = 0; i < 256 * 100; i++)
        {
            Assert.Equal(Reason.AlreadyFreed, table.Find(stale, out _));
            ulong cookie = Grant(table, out int index);
            Assert.NotEqual(stale, cookie);
            Assert.Equal(Reason.None, table.Find(cookie, out int found));
            Assert.Equal(index, found);
            table.Retire(index);
        }
    }

    [Fact]
    public void Cookies_that_nobody_got_are_unknown()
    {
        var table = new GrantTable(16, 256);
        ulong cookie = Grant(table, out _);
        ulong nextGeneration = cookie + (1ul << 16);
        ulong[] others = [0, 1, cookie + 1, nextGeneration, cookie | 1ul << 31, cookie | 1ul << 63, 0x10000 + 256, ulong.MaxValue];
        foreach (ulong other in others)
        {
            Assert.Equal(Reason.UnknownCookie, table.Find(other, out int index));
            Assert.Equal(GrantTable.None, index);
        }
    }

    [Fact]
    [Rule("RPC:R9")]
    public void A_cancelled_reservation_leaves_no_trace()
    {
        var table = new GrantTable(8, 256);
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(table.TryReserve(out int index));
            Assert.Equal(255, table.FreeCount);
            table.Cancel(index);
            Assert.Equal((256, 0), (table.FreeCount, table.LiveCount));
        }
    }

    [Fact]
    public void Records_of_an_owner_form_a_list_whatever_is_taken_out()
    {
        var table = new GrantTable(16, 1024);
        var random = new Random(5);
        var live = new List<int>();
        for (int i = 0; i < 20_000; i++)
        {
            if (live.Count < 300 && (live.Count == 0 || random.Next(2) == 0))
            {
                Grant(table, out int index);
                live.Add(index);
            }
            else
            {
                int position = random.Next(live.Count);
                table.Retire(live[position]);
                live.RemoveAt(position);
            }
            Assert.Equal(live.Count, _owner.GrantCount);
        }
        var listed = new List<int>();
        for (int index = _owner.FirstGrant; index != GrantTable.None; index = table[index].Next) listed.Add(index);
        Assert.Equal(live.Order(), listed.Order());
        Assert.Equal(listed.OrderByDescending(index => table[index].Serial), listed);
    }

    [Fact]
    public void A_table_grows_up_to_what_a_cookie_can_name_and_no_further()
    {
        var table = new GrantTable(9, 1);
        Assert.Equal(256, table.Capacity);
        table.Grow(10_000);
        Assert.Equal(512, table.Capacity);
        for (int i = 0; i < 512; i++) Grant(table, out _);
        Assert.False(table.TryReserve(out int index));
        Assert.Equal(GrantTable.None, index);
    }

    private ulong Grant(GrantTable table, out int index)
    {
        Assert.True(table.TryReserve(out index));
        table.Commit(index, _owner);
        return table[index].Cookie;
    }
}
