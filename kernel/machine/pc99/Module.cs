// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

// Clearing locals on entry would go through vector registers, which the kernel must not touch (anchors §4.11).
[module: SkipLocalsInit]
