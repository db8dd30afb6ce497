// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
namespace Sel4.Tools.Cli.Commands;
internal static class DebugCommand { internal static Command Create(Session session) => new("debug", "todo"); }
