// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Model;

/// <summary>The machine as it was before the step: what threads have in their IPC buffers, what devices would answer.</summary>
public interface IModelMemory
{
    /// <summary>The word at a physical address, a multiple of 8.</summary>
    ulong Read(ulong address);

    /// <summary>What the device at a port would answer now.</summary>
    ulong ReadPort(ushort port, int bytes);
}
