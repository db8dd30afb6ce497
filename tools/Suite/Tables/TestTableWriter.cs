// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Testing;
using Sel4.Tools.Build;

namespace Sel4.Tools.Suite.Tables;

/// <summary>Writes the table that a program carries; <see cref="TestTable"/> says what it looks like.</summary>
public static class TestTableWriter
{
    private const int BytesOfALine = 32;

    /// <summary>The bytes of a table.</summary>
    public static byte[] Write(IReadOnlyList<TestInfo> tests)
    {
        using var table = new MemoryStream();
        table.Write(TestTable.Magic);
        using var writer = new BinaryWriter(table);
        writer.Write(tests.Count);
        writer.Write(0);
        foreach (TestInfo test in tests) WriteEntry(writer, test);
        writer.Flush();
        table.Position = TestTable.Magic.Length + sizeof(int);
        writer.Write((int)table.Length);
        return table.ToArray();
    }

    /// <summary>The table as an assembly file, with a function that tells where it is.</summary>
    public static string WriteAssembly(IReadOnlyList<TestDeclaration> tests)
    {
        var text = new StringBuilder("""
            # SPDX-License-Identifier: BSD-2-Clause
            # byte* sel4_test_table(nuint* length): the table of this program's tests.
            .text
            .globl sel4_test_table
            .type sel4_test_table, @function
            sel4_test_table:
                leaq test_table_start(%rip), %rax
                movq $(test_table_end - test_table_start), (%rdi)
                ret

            .section .tests, "a", @progbits
            .balign 8
            test_table_start:

            """);
        foreach (byte[] line in Write([.. tests.Select(test => test.Info)]).Chunk(BytesOfALine))
            text.Append("    .byte ").AppendJoin(", ", line).Append('\n');
        return text.Append("test_table_end:\n\n.section .note.GNU-stack, \"\", @progbits\n").ToString();
    }

    private static void WriteEntry(BinaryWriter writer, TestInfo test)
    {
        byte[][] texts =
        [
            .. new[] { test.Name, test.Description, test.Tags, test.Requirements, test.KnownFailure, test.Rules, test.File }
                .Select(Encoding.UTF8.GetBytes)
        ];
        if (texts.Any(text => text.Length > ushort.MaxValue)) throw new BuildException($"{test.Name}: a text of it is too long");
        writer.Write(TestTable.EntryBytes + texts.Sum(text => sizeof(ushort) + text.Length));
        writer.Write((ushort)test.Type);
        writer.Write((ushort)(test.IsEnabled ? TestTable.EnabledFlag : 0));
        writer.Write(test.TimeoutMilliseconds);
        writer.Write(test.Line);
        foreach (byte[] text in texts)
        {
            writer.Write((ushort)text.Length);
            writer.Write(text);
        }
    }
}
