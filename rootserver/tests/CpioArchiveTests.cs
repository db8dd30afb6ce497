// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Sel4.RootServer;

namespace Sel4.Tests.RootServer;

public sealed class CpioArchiveTests
{
    private static byte[] Entry(string name, byte[] data, string? nameSize = null, string? fileSize = null, string magic = "070701")
    {
        StringBuilder header = new(magic);
        for (int field = 0; field < 13; field++)
        {
            header.Append(field switch
            {
                6 => fileSize ?? data.Length.ToString("X8"),
                11 => nameSize ?? (name.Length + 1).ToString("X8"),
                _ => "00000000",
            });
        }

        List<byte> bytes = [.. Encoding.ASCII.GetBytes(header.ToString()), .. Encoding.ASCII.GetBytes(name + "\0")];
        while (bytes.Count % 4 != 0) bytes.Add(0);
        bytes.AddRange(data);
        while (bytes.Count % 4 != 0) bytes.Add(0);
        return [.. bytes];
    }

    private static byte[] Archive(params byte[][] entries) => [.. entries.SelectMany(entry => entry), .. Entry("TRAILER!!!", [])];

    private static string Find(byte[] archive, string name, out byte[] found)
    {
        bool isFound = CpioArchive.TryFind(archive, name, out ReadOnlySpan<byte> data, out string problem);
        found = data.ToArray();
        return isFound ? "" : problem;
    }

    [Fact]
    [Rule("RT:S1")]
    public void Each_file_is_found_by_its_exact_name()
    {
        byte[] archive = Archive(Entry("a", [1, 2, 3]), Entry("ab", [4]), Entry("empty", []));
        Assert.Equal("", Find(archive, "ab", out byte[] found));
        Assert.Equal([4], found);
        Assert.Equal("", Find(archive, "a", out found));
        Assert.Equal([1, 2, 3], found);
        Assert.Equal("", Find(archive, "empty", out found));
        Assert.Empty(found);
        Assert.Equal("the archive holds no such file", Find(archive, "abc", out _));
        Assert.Equal("the archive holds no such file", Find(archive, "", out _));
        Assert.Equal("the archive holds no such file", Find(archive, "TRAILER!!!", out _));
    }

    [Fact]
    public void Every_truncation_is_refused_and_never_read_beyond()
    {
        byte[] archive = Archive(Entry("hello", [.. Enumerable.Range(0, 100).Select(n => (byte)n)]), Entry("b", [1]));
        for (int length = 0; length < archive.Length; length++)
        {
            // An exact copy at the end of its own block: a read beyond it is a read of somebody else's memory.
            byte[] cut = archive[..length];
            string problem = Find(cut, "missing", out _);
            Assert.NotEqual("", problem);
            Assert.NotEqual("the archive holds no such file", length < archive.Length - 8 ? problem : "");
        }
    }

    [Theory]
    [InlineData("FFFFFFFF", null)]
    [InlineData(null, "FFFFFFFF")]
    [InlineData("00000000", null)]
    [InlineData("0000000G", null)]
    [InlineData(null, "        ")]
    public void Sizes_that_lie_are_refused(string? nameSize, string? fileSize) =>
        Assert.Contains("entry of the archive", Find(Archive(Entry("x", [1], nameSize, fileSize)), "y", out _));

    [Fact]
    public void A_wrong_magic_is_refused() =>
        Assert.Contains("070701", Find(Archive(Entry("x", [1], magic: "070702")), "x", out _));

    [Fact]
    public void Single_changed_bytes_never_crash()
    {
        byte[] archive = Archive(Entry("hello", [1, 2, 3, 4, 5]), Entry("b", [1]));
        for (int index = 0; index < archive.Length; index++)
        {
            foreach (byte value in new byte[] { 0, 0xff, (byte)'F', (byte)'7' })
            {
                byte[] changed = (byte[])archive.Clone();
                changed[index] = value;
                string problem = Find(changed, "b", out byte[] found);
                Assert.True(problem.Length != 0 || found.Length <= archive.Length);
            }
        }
    }
}
