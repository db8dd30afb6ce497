// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Build;

/// <summary>One line of a selection: a program that the root server is to run, how often, and with which arguments.</summary>
public sealed record SelectedProgram(string Name, int Repeat = 1, params string[] Arguments)
{
    /// <summary>The form in the file: the name, then <c>repeat=N</c> unless once, then <c>--</c> and the arguments, if any.</summary>
    public override string ToString()
    {
        string repeat = Repeat == 1 ? "" : $" repeat={Repeat}";
        string arguments = Arguments.Length == 0 ? "" : " -- " + string.Join(' ', Arguments);
        return Name + repeat + arguments;
    }
}

/// <summary>What one boot runs. Travels as the first file of the root server's archive, under the name <c>selection</c>.</summary>
/// <remarks>
/// Text, one line each, ended by a line feed: first <see cref="Header"/>, then the programs in the order in which they run, one
/// after the other. The program NAME is the archive's file NAME. Blanks separate; neither names nor arguments contain any.
/// </remarks>
public sealed record Selection(IReadOnlyList<SelectedProgram> Programs)
{
    public const string FileName = "selection";
    public const string Header = "sel4rpc-selection 1";

    public static Selection Of(Description.SystemDescription system) =>
        new([.. system.Root.Messages("child").Select(child => new SelectedProgram(
            child.Text("program"),
            (int)child.Number("repeat"),
            [.. child.All("argument").Select(argument => (string)argument.Value)]))]);

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => string.Concat(Programs.Select(program => program + "\n").Prepend(Header + "\n"));
}
