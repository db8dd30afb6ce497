// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text;

namespace Sel4.Tools.Build;

/// <summary>Writes the CPIO archive (format newc) that a root server carries. Equal entries give equal bytes.</summary>
/// <remarks>
/// The format: for each entry a header of the magic "070701" and 13 numbers of eight hex digits, the name with its final zero,
/// padding to 4 bytes, the data, padding to 4 bytes; last an entry named TRAILER!!!.
/// </remarks>
public static class CpioArchive
{
    private const string Magic = "070701";
    private const string Trailer = "TRAILER!!!";
    private const uint ReadOnlyFile = 0x8124;   // regular file, mode 0444

    public static byte[] Write(IEnumerable<(string Name, byte[] Data)> entries)
    {
        using var archive = new MemoryStream();
        uint serial = 1;
        foreach ((string name, byte[] data) in entries) Append(archive, serial++, ReadOnlyFile, name, data);
        Append(archive, 0, 0, Trailer, []);
        return archive.ToArray();
    }

    private static void Append(MemoryStream archive, uint serial, uint mode, string name, byte[] data)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name + "\0");
        // inode, mode, uid, gid, links, mtime, size, device major and minor, special device major and minor, name size, checksum
        uint[] fields = [serial, mode, 0, 0, 1, 0, (uint)data.Length, 0, 0, 0, 0, (uint)nameBytes.Length, 0];
        var header = new StringBuilder(Magic);
        foreach (uint field in fields) header.Append(field.ToString("X8", CultureInfo.InvariantCulture));
        archive.Write(Encoding.ASCII.GetBytes(header.ToString()));
        archive.Write(nameBytes);
        Pad(archive);
        archive.Write(data);
        Pad(archive);
    }

    private static void Pad(MemoryStream archive)
    {
        while (archive.Length % 4 != 0) archive.WriteByte(0);
    }
}
