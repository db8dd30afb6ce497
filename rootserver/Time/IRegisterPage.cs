// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>The registers of a device in one page of physical memory.</summary>
public interface IRegisterPage
{
    /// <summary>Reads 64 bits at <paramref name="offset"/>, a multiple of 8.</summary>
    ulong Read(int offset);

    /// <summary>Writes 64 bits at <paramref name="offset"/>, a multiple of 8.</summary>
    void Write(int offset, ulong value);
}
