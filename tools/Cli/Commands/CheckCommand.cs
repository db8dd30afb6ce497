// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
namespace Sel4.Tools.Cli.Commands;
internal static class CheckCommand { internal static Command Create(Session session) { var c= new Command("check", "todo"); c.SetAction(async (_,_) => { 
var b=await session.BuilderAsync(); foreach (var a in session.Graph.Assemblies.Where(session.Graph.IsPresent)) await b.BuildAssemblyAsync(a, default);
foreach (var p in session.Graph.Programs.Where(session.Graph.IsPresent)) await b.BuildProgramAsync(p, default); return 0; }); return c; } }
