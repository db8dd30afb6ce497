// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>Keeps two commands from writing below artifacts at the same time.</summary>
public sealed class BuildLock : IDisposable
{
    private readonly FileStream _file;

    private BuildLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; says so once when it has to wait. The system releases it when the process dies.</summary>
    public static async Task<BuildLock> TakeAsync(RepositoryLayout layout, Action<string> say, CancellationToken cancel)
    {
        Directory.CreateDirectory(layout.Artifacts);
        string path = Path.Combine(layout.Artifacts, "lock");
        for (bool told = false; ; told = true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return new BuildLock(file);
            }
            catch (IOException)
            {
                if (!told) say("another ./sel4 is building in this folder; waiting for it");
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
