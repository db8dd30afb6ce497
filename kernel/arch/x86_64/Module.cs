// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

// Clearing locals would go through vector registers, and those belong to user programs (anchors §4.11).
[module: SkipLocalsInit]
