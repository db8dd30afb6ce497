// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

// The compiler clears locals with vector registers, which belong to the user here (anchors §4.11).
[module: SkipLocalsInit]
