// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>A line that somebody is typing, and that makes way for lines of the log.</summary>
internal interface IPrompt
{
    /// <summary>Takes it off the screen.</summary>
    void Hide();

    /// <summary>Shows it again.</summary>
    void Show();
}
