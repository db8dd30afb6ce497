// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Doctor;

/// <summary>Installs what is missing through the distribution's package manager, or says how to.</summary>
public static class Installer
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);
    private static readonly Dictionary<string, string> s_quiet = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    /// <summary>Whether the user allows the tool to install packages.</summary>
    public enum Permission { Install, Refuse }

    /// <summary>Returns when everything is there.</summary>
    /// <remarks>Errors: BuildException with status 3 and the exact command when we may not or cannot install.</remarks>
    public static async Task EnsureAsync(
        IEnumerable<Requirement> requirements, Permission permission, Action<string> say, string folder, CancellationToken cancel)
    {
        Requirement[] missing = [.. requirements.Where(requirement => requirement.Find() is null)];
        if (missing.Length == 0) return;
        string[] packages = [.. missing.Select(requirement => requirement.Package).Distinct()];
        string what = string.Join(", ", missing.Select(requirement => $"{requirement.Program} (needed to {requirement.NeededFor})"));
        bool isRoot = Environment.IsPrivilegedProcess;
        if (!CanInstall(permission))
        {
            throw new BuildException($"missing: {what}. Install with:\n  {Command(packages, isRoot)}", BuildException.Missing);
        }
        say($"missing: {what}");
        say($"installing {string.Join(", ", packages)}: {Command(packages, isRoot)}");
        await AptAsync(["update", "-q"], say, folder, cancel);
        await AptAsync(["install", "-y", "-q", "--no-install-recommends", .. packages], say, folder, cancel);
        Requirement? still = missing.FirstOrDefault(requirement => requirement.Find() is null);
        if (still is not null)
        {
            throw new BuildException($"package {still.Package} is installed but brings no {still.Program}", BuildException.Missing);
        }
    }

    /// <summary>True when installing is allowed and possible here.</summary>
    public static bool CanInstall(Permission permission) =>
        permission == Permission.Install && Environment.IsPrivilegedProcess && HasApt();

    /// <summary>The command that a person would type.</summary>
    public static string Command(IEnumerable<string> packages, bool isRoot)
    {
        string sudo = isRoot ? "" : "sudo ";
        return $"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {string.Join(' ', packages)}";
    }

    private static bool HasApt() => new Requirement("apt-get", "apt", "install packages").Find() is not null;

    private static async Task AptAsync(string[] arguments, Action<string> say, string folder, CancellationToken cancel)
    {
        ProcessResult result = await ExternalProcess.RunAsync(
            "apt-get", arguments, folder, s_limit, cancel, line => say("  " + line), s_quiet);
        if (!result.Succeeded) throw new BuildException($"apt-get {arguments[0]} failed:\n{result.Output}", BuildException.Missing);
    }
}
