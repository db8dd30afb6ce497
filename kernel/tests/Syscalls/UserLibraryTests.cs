// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;
using Sel4;
using Sel4.Abi;
using Sel4.Tests;
using Sel4.Tests.Support;

namespace Kernel.Tests.Syscalls;

/// <summary>Programs written against libsel4 on this kernel: both ends of the ABI at once.</summary>
public sealed class UserLibraryTests : IDisposable
{
    private readonly SimSystem _sim = new();
    private readonly SimPrograms _programs;

    public UserLibraryTests() => _programs = new SimPrograms(_sim);

    public void Dispose()
    {
        _programs.Dispose();
        _sim.Dispose();
    }

    [Fact]
    [Rule("R-REPLY-06", "R-IPC-08", "R-REPLY-11")]
    public void A_client_and_a_server_exchange_long_messages()
    {
        Cap<Endpoint> endpoint = new(_sim.NewObject(ObjectType.Endpoint));
        SimThread server = _sim.NewThread("server", 120);
        SimThread client = _sim.NewThread("client", 110);
        List<ulong> sums = [];
        _programs.Assign(server, () =>
        {
            Received request = endpoint.Recv();
            while (true)
            {
                ulong sum = 0;
                for (int i = 0; i < request.Info.Length; i++) sum += IpcBuffer.Current[i];
                IpcBuffer buffer = IpcBuffer.Current;
                buffer[0] = sum;
                request = endpoint.ReplyRecv(new MessageInfo(0, 0, 0, 1));
            }
        });
        _programs.Assign(client, () =>
        {
            for (int length = 1; length <= 120; length += 17)
            {
                IpcBuffer buffer = IpcBuffer.Current;
                for (int i = 0; i < length; i++) buffer[i] = (ulong)i;
                endpoint.Call(new MessageInfo(1, 0, 0, length));
                sums.Add(IpcBuffer.Current[0]);
            }
        });
        _sim.Park();
        _programs.Run();
        Assert.True(_sim.IsIdle);
        Assert.Equal([0, 153, 595, 1326, 2346, 3655, 5253, 7140], sums);
    }

    [Fact]
    [Rule("R-SYS-12")]
    public void Errors_arrive_with_their_details()
    {
        SimThread thread = _sim.NewThread("thread", 110);
        Sel4Error priority = default;
        Sel4Error lookup = default;
        _programs.Assign(thread, () =>
        {
            Cap<Sel4.Tcb> self = new(thread.Capability);
            priority = self.SetPriority(200, self);
            lookup = new Cap<Sel4.CNode>(InitialSlot.CNode).Slot(1ul << 40, 64).Delete();
        });
        _sim.Park();
        _programs.Run();
        Assert.Equal(ErrorCode.RangeError, priority.Code);
        Assert.Equal(110ul, priority.Detail1);
        Assert.Equal(LookupFailureKind.GuardMismatch, lookup.LookupFailure);
        Assert.False(lookup.WasSource);
        Assert.Equal(64, lookup.BitsLeft);
    }

    [Fact]
    [Rule("R-NTFN-02", "R-NTFN-06")]
    public void Signals_and_waits_meet()
    {
        Cap<Sel4.Notification> notification = new(_sim.NewObject(ObjectType.Notification));
        Cap<Sel4.Notification> badged = new(_sim.Mint(notification.Value, 0x21));
        SimThread waiter = _sim.NewThread("waiter", 120);
        SimThread signaller = _sim.NewThread("signaller", 110);
        ulong first = 0;
        ulong second = 1;
        _programs.Assign(waiter, () =>
        {
            first = notification.Wait().Value;
            second = notification.Poll().Value;
        });
        _programs.Assign(signaller, () => badged.Signal());
        _sim.Park();
        _programs.Run();
        Assert.Equal(0x21ul, first);
        Assert.Equal(0ul, second);
    }
}
