// SPDX-License-Identifier: BSD-2-Clause
using System.Text.Json;

namespace Sel4.Tools.Build;

/// <summary>The compilers and binutils that build an image, located once and remembered.</summary>
/// <remarks>Source: the restored package says where ilc is and the SDK says where csc is (tools/Packages/ImageToolchain.csproj).</remarks>
public sealed record Toolchain(string Dotnet, string Csc, string Ilc, string SdkVersion, string IlcVersion)
{
    public string Assembler => "as";
    public string Linker => "ld";
    public string Strip => "strip";

    /// <summary>Changes whenever another compiler would be used; part of every step's key.</summary>
    public string Identity => $"sdk {SdkVersion} ilc {IlcVersion}";

    private const string Project = "tools/Packages/ImageToolchain.csproj";
    private static readonly string[] s_decidingFiles = [Project, "Directory.Packages.props", "Directory.Build.props", "global.json"];

    /// <summary>Finds the tool chain; restores the compiler package when it is not there.</summary>
    public static async Task<Toolchain> LocateAsync(RepositoryLayout layout, CancellationToken cancel)
    {
        string dotnet = FindDotnet();
        string key = ContentHash.OfText([dotnet, .. s_decidingFiles.Select(file => ContentHash.OfFile(layout.Absolute(file)))]);
        string note = Path.Combine(layout.Objects, "toolchain.json");
        if (ReadNote(note, key) is { } known && File.Exists(known.Csc) && File.Exists(known.Ilc)) return known;

        ProcessResult result = await ExternalProcess.RunAsync(
            dotnet,
            [
                "msbuild", layout.Absolute(Project), "-restore", "-nologo", "-v:quiet", "-t:Locate",
                "-getProperty:IlcFolder", "-getProperty:CompilerFolder", "-getProperty:NETCoreSdkVersion", "-getProperty:IlcVersion",
            ],
            layout.Root, TimeSpan.FromMinutes(5), cancel);
        if (!result.Succeeded)
        {
            throw new BuildException("cannot restore the ahead-of-time compiler:\n" + result.Output, BuildException.Missing);
        }
        using JsonDocument answer = JsonDocument.Parse(result.Output[result.Output.IndexOf('{')..]);
        JsonElement properties = answer.RootElement.GetProperty("Properties");
        string Property(string name) => properties.GetProperty(name).GetString() ?? "";
        var found = new Toolchain(
            dotnet,
            Path.Combine(Property("CompilerFolder"), "csc.dll"),
            Path.Combine(Property("IlcFolder"), "ilc"),
            Property("NETCoreSdkVersion"),
            Property("IlcVersion"));
        if (!File.Exists(found.Ilc)) throw new BuildException($"the restored package holds no ilc: {found.Ilc}", BuildException.Missing);
        if (!File.Exists(found.Csc)) throw new BuildException($"the SDK holds no C# compiler: {found.Csc}", BuildException.Missing);
        MakeExecutable(found.Ilc);
        WriteNote(note, key, found);
        return found;
    }

    /// <summary>The dotnet program: the one that started us, else the one on the path.</summary>
    public static string FindDotnet()
    {
        string? given = Environment.GetEnvironmentVariable("SEL4_DOTNET") ?? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        return string.IsNullOrEmpty(given) ? "dotnet" : given;
    }

    private static Toolchain? ReadNote(string note, string key)
    {
        if (!File.Exists(note)) return null;
        try
        {
            Note? read = JsonSerializer.Deserialize<Note>(File.ReadAllText(note));
            return read?.Key == key ? read.Found : null;
        }
        catch (JsonException)
        {
            return null;    // half written by a killed process: locate again
        }
    }

    private static void WriteNote(string note, string key, Toolchain found) =>
        AtomicFile.WriteText(note, JsonSerializer.Serialize(new Note(key, found)));

    // A package is a zip file and loses the executable bit when another user's umask unpacked it.
    private static void MakeExecutable(string file)
    {
        UnixFileMode mode = File.GetUnixFileMode(file);
        if (!mode.HasFlag(UnixFileMode.UserExecute)) File.SetUnixFileMode(file, mode | UnixFileMode.UserExecute);
    }

    private sealed record Note(string Key, Toolchain Found);
}
