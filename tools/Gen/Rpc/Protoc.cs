// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Google.Protobuf.Reflection;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Runs the protoc of the Grpc.Tools package.</summary>
public static class Protoc
{
    private const string Package = "Grpc.Tools";

    /// <summary>The parsed form of a .proto file, comments included.</summary>
    public static FileDescriptorProto Describe(string repoRoot, string proto)
    {
        string target = Path.GetTempFileName();
        try
        {
            Run(Find(repoRoot), repoRoot, proto, target);
            using FileStream stream = File.OpenRead(target);
            return FileDescriptorSet.Parser.ParseFrom(stream).File.Single();
        }
        finally
        {
            File.Delete(target);
        }
    }

    /// <summary>Where protoc is: what PROTOBUF_PROTOC names, else the restored package of the pinned version.</summary>
    /// <exception cref="RpcGeneratorException">It is nowhere.</exception>
    public static string Find(string repoRoot)
    {
        string? named = Environment.GetEnvironmentVariable("PROTOBUF_PROTOC");  // the name that Grpc.Tools itself uses
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? named : throw Missing($"PROTOBUF_PROTOC names {named}, which does not exist");
        }
        string version = PinnedVersion(repoRoot);
        string path = Path.Combine(PackagesFolder(), Package.ToLowerInvariant(), version, "tools", PlatformFolder(), ExecutableName());
        return File.Exists(path) ? path : throw Missing($"{Package} {version} is not restored: there is no {path}");
    }

    private static void Run(string protoc, string repoRoot, string proto, string target)
    {
        var start = new ProcessStartInfo(protoc)
        {
            WorkingDirectory = repoRoot,
            RedirectStandardError = true,
            ArgumentList = { "--proto_path=.", "--include_source_info", "--descriptor_set_out=" + target, proto },
        };
        using Process process = Process.Start(start) ?? throw Missing($"{protoc} does not start");
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new RpcGeneratorException($"protoc refuses {proto}:\n{errors.TrimEnd()}");
    }

    private static string PinnedVersion(string repoRoot)
    {
        string file = Path.Combine(repoRoot, "Directory.Packages.props");
        string? version = !File.Exists(file) ? null : XDocument.Load(file).Descendants("PackageVersion")
            .FirstOrDefault(item => item.Attribute("Include")?.Value == Package)?.Attribute("Version")?.Value;
        return version ?? throw new RpcGeneratorException($"{file} does not say which version of {Package} to use");
    }

    private static string PackagesFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string PlatformFolder()
    {
        bool isArm = RuntimeInformation.OSArchitecture == Architecture.Arm64;
        if (OperatingSystem.IsMacOS()) return "macosx_universal";
        if (OperatingSystem.IsWindows()) return "windows_x64";
        return isArm ? "linux_arm64" : "linux_x64";
    }

    private static string ExecutableName() => OperatingSystem.IsWindows() ? "protoc.exe" : "protoc";

    private static RpcGeneratorException Missing(string what) =>
        new($"protoc is missing: {what}. Run 'dotnet restore libsel4rpc/host/Sel4.Rpc.Google.csproj', or set PROTOBUF_PROTOC to a protoc.");
}
