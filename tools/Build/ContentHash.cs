// SPDX-License-Identifier: BSD-2-Clause
using System.Security.Cryptography;
using System.Text;

namespace Sel4.Tools.Build;

/// <summary>SHA-256 over files and texts, in lower-case hex.</summary>
public static class ContentHash
{
    public static string OfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The hash of a list of texts; no two different lists are hashed from the same bytes.</summary>
    public static string OfText(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Writes whole files so that a reader sees the old or the new content, never a part.</summary>
public static class AtomicFile
{
    public static void WriteText(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    public static void WriteBytes(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string staging = $"{path}.{Environment.ProcessId}.new";
        File.WriteAllBytes(staging, bytes);
        File.Move(staging, path, overwrite: true);
    }

    /// <summary>Copies a file into place, unless the same content is there already.</summary>
    public static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string staging = $"{target}.{Environment.ProcessId}.new";
        File.Copy(source, staging, overwrite: true);
        File.Move(staging, target, overwrite: true);
    }
}
