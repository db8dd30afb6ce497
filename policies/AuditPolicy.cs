// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>A grant, or its end.</summary>
public readonly struct AuditEntry(GrantView grant, ReleaseReason? ended)
{
    public readonly GrantView Grant = grant;

    /// <summary>Null for the grant itself.</summary>
    public readonly ReleaseReason? Ended = ended;
}

/// <summary>Remembers the last grants and releases.</summary>
public sealed class AuditPolicy(int entries) : Policy("audit")
{
    private readonly AuditEntry[] _entries = new AuditEntry[entries];

    /// <summary>How many there have ever been.</summary>
    public ulong Written { get; private set; }

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <summary>The entry that was written <paramref name="age"/> entries before the last one.</summary>
    public AuditEntry FromNewest(int age)
    {
        if (age < 0 || age >= _entries.Length || (ulong)age >= Written)
            throw new ArgumentOutOfRangeException(nameof(age), "the log does not reach so far back");
        return _entries[(Written - 1 - (ulong)age) % (ulong)_entries.Length];
    }

    /// <inheritdoc/>
    public override void Granted(in GrantView grant) => Write(new AuditEntry(grant, null));

    /// <inheritdoc/>
    public override void Released(in GrantView grant, ReleaseReason why) => Write(new AuditEntry(grant, why));

    private void Write(AuditEntry entry) => _entries[Written++ % (ulong)_entries.Length] = entry;
}
