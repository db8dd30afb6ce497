// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Tools.Suite.Tables;

/// <summary>A test as it stands in the sources.</summary>
/// <param name="Method">The method's full name, for a call.</param>
public sealed record TestDeclaration(TestInfo Info, string Method);
