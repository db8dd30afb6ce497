// SPDX-License-Identifier: BSD-2-Clause

global using Arch = Kernel.X64.X64<Kernel.Pc99.Pc99>;
global using Machine = Kernel.Pc99.Pc99;

using System.Runtime.CompilerServices;

// Clearing locals on entry would go through vector registers, which the kernel must not touch (anchors §4.11).
[module: SkipLocalsInit]
