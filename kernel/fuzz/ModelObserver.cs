// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Model;
using Kernel.Sim;
using Kernel.X64;

namespace Kernel.Fuzz;

/// <summary>Lets the model make every entry that the kernel makes, and compares.</summary>
public sealed class ModelObserver : IFuzzObserver, IModelMemory
{
    private const int PageFault = 14;
    private const int FirstSoftwareVector = 158;
    private const int LastSoftwareVector = 254;
    private const int FamiliesEvery = 16;
    private readonly SimSystem _sim;
    private readonly ModelKernel _model;
    private readonly ModelCheck _check;
    private int _entries;

    /// <summary>Takes a system over that has just booted.</summary>
    public ModelObserver(SimSystem sim)
    {
        _sim = sim;
        _model = new ModelKernel(this);
        ModelTakeover.Run(sim, _model);
        _check = new ModelCheck(sim, _model);
        _check.Compare();
        _check.CompareFamilies();
    }

    ulong IModelMemory.Read(ulong address) => _sim.Kernel.Memory.ReadWord(address);

    ulong IModelMemory.ReadPort(ushort port, int bytes) => uint.MaxValue >> (32 - (8 * bytes));

    public void Entering(SimEntry entry)
    {
        // User programs ran since the last entry: what they did to their registers is theirs.
        TakeRegisters();
        switch (entry.Kind)
        {
            case SimEntryKind.SystemCall:
                _model.SystemCall(entry.Number);
                break;
            case SimEntryKind.Exception when entry.Number == PageFault:
                _model.PageFault(entry.FaultAddress, entry.ErrorCode);
                break;
            case SimEntryKind.Exception:
                _model.Exception((ulong)entry.Number, entry.ErrorCode);
                break;
            case SimEntryKind.Interrupt when entry.Number == (long)Traps<SimMachine>.TimerVector:
                _model.Tick();
                break;
            case SimEntryKind.Interrupt when entry.Number is >= FirstSoftwareVector and <= LastSoftwareVector:
                _model.SoftwareInterrupt((ulong)entry.Number);
                break;
            default:
                _model.Interrupt((ulong)(entry.Number - (long)Traps<SimMachine>.FirstUserVector));
                break;
        }
    }

    public void Entered(SimEntry entry)
    {
        Ref<Tcb> current = _sim.State.Current;
        ulong address = current.Address - _sim.Kernel.Memory.Window;
        bool isIdle = current == _sim.State.Idle;
        if (!isIdle && !_model.Threads.ContainsKey(address)) throw new ModelException($"what runs at {address:x} is no thread");
        ModelThread? runs = isIdle ? null : _model.Threads[address];
        if (_model.WhyNotRunning(runs) is { } problem) throw new ModelException(problem);
        _model.Run(runs);
        _check.Compare();
        if (++_entries % FamiliesEvery != 0) return;
        _check.CompareFamilies();
        _check.CompareTables();
    }

    public void RungByHand(ulong doorbell, ulong badge)
    {
        TakeRegisters();
        _model.Ring(doorbell - _sim.Kernel.Memory.Window, badge);
        Entered(default);
    }

    private void TakeRegisters()
    {
        if (_model.Current is not { } thread) return;
        ModelCheck.TakeRegisters(thread, ref new Ref<Tcb>(thread.Address + _sim.Kernel.Memory.Window).Value);
    }

    public void StepPlayed(FuzzWorld world, FuzzStep step)
    {
    }

    public void GameOver(FuzzWorld world)
    {
        _check.CompareFamilies();
        _check.CompareTables();
    }
}
