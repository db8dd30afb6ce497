// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;
using Kernel.X64;
using Sel4;
using Sel4.Abi;

namespace Sel4.Tests.Support;

/// <summary>Runs programs written against libsel4 on the simulated kernel: each on a host thread of its own, one at a time.</summary>
/// <remarks>
/// A program's system calls go through libsel4's stubs into the kernel, which decides who continues. Host threads hand a
/// baton over, so the interleaving is the kernel's alone and the same in every run. A program that returns suspends its
/// thread. Memory of programs is host memory; only the IPC buffer lies in simulated memory.
/// </remarks>
public sealed class SimPrograms(SimSystem sim) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly Dictionary<SimThread, Program> _programs = [];
    private readonly SemaphoreSlim _testTurn = new(0);
    private Exception? _failure;
    private bool _isOver;

    /// <summary>Says what a thread does from its first instruction on.</summary>
    public void Assign(SimThread thread, Action program)
    {
        Program host = new(this, thread, program);
        _programs.Add(thread, host);
        host.Start();
    }

    /// <summary>Lets programs run until the CPU idles or a thread runs that no program was assigned to.</summary>
    /// <remarks>Throws what a program threw.</remarks>
    public void Run()
    {
        HandOver();
        if (!_testTurn.Wait(s_limit)) throw new TimeoutException("the programs do not come to rest");
        if (_failure is not null) throw new InvalidOperationException("a program failed", _failure);
    }

    public void Dispose()
    {
        _isOver = true;
        foreach (Program program in _programs.Values) program.End();
        _testTurn.Dispose();
    }

    private void HandOver()
    {
        if (_failure is null && sim.Running is SimThread next && _programs.TryGetValue(next, out Program? program)) program.GiveTurn();
        else _testTurn.Release();
    }

    private void Fail(Exception failure)
    {
        _failure ??= failure;
        _testTurn.Release();
    }

    private sealed class Program(SimPrograms owner, SimThread thread, Action body) : IHostKernel
    {
        private readonly SemaphoreSlim _turn = new(0);
        private Thread? _host;

        public void Start()
        {
            _host = new Thread(Main) { IsBackground = true, Name = thread.Name };
            _host.Start();
        }

        public void GiveTurn() => _turn.Release();

        public void End()
        {
            _turn.Release();
            _host?.Join(s_limit);
            _turn.Dispose();
        }

        /// <summary>One <c>syscall</c> instruction, executed again for as long as the kernel says so.</summary>
        public void SystemCall(ref HostRegisters registers, IpcBuffer buffer)
        {
            thread.Register(UserContext.Rdx) = registers.Rdx;
            thread.Register(UserContext.Rdi) = registers.Rdi;
            thread.Register(UserContext.Rsi) = registers.Rsi;
            thread.Register(UserContext.R10) = registers.R10;
            thread.Register(UserContext.R8) = registers.R8;
            thread.Register(UserContext.R9) = registers.R9;
            thread.Register(UserContext.R15) = registers.R15;
            do
            {
                thread.Repeat();
                if (!thread.IsRunning) WaitForTurn();
            }
            while (thread.IsAboutToRepeat);
            registers.Rdi = thread.Register(UserContext.Rdi);
            registers.Rsi = thread.Register(UserContext.Rsi);
            registers.R10 = thread.Register(UserContext.R10);
            registers.R8 = thread.Register(UserContext.R8);
            registers.R9 = thread.Register(UserContext.R9);
            registers.R15 = thread.Register(UserContext.R15);
        }

        private void Main()
        {
            try
            {
                _turn.Wait();
                if (owner._isOver) return;
                using HostSyscall installed = HostSyscall.Install(this, new IpcBuffer(thread.Buffer.Address));
                body();
                TcbInvocation.Suspend(new CapabilityPointer(thread.Capability));
            }
            catch (ProgramEndedException)
            {
                // The test is over; whoever still waits in the kernel simply ends.
            }
            catch (Exception failure)
            {
                owner.Fail(failure);
            }
        }

        private void WaitForTurn()
        {
            owner.HandOver();
            _turn.Wait();
            if (owner._isOver) throw new ProgramEndedException();
        }
    }

    private sealed class ProgramEndedException : Exception;
}
