// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>What is known of the running test; one object for all of them, so that nothing is allocated.</summary>
internal sealed class TestResult
{
    private const int DetailBytes = 4096;
    private const int MaxDetails = 48;

    public TestVerdict Verdict { get; set; }

    public ulong Assertions { get; set; }

    public ulong Failures { get; set; }

    public ulong Nanoseconds { get; set; }

    /// <summary>Lines that the test logged, and how many of them were not passed on.</summary>
    public ulong Logged { get; set; }

    public ulong Dropped { get; set; }

    /// <summary>Messages that are none of the protocol.</summary>
    public ulong Strangers { get; set; }

    /// <summary>Messages of tests before this one.</summary>
    public ulong Late { get; set; }

    /// <summary>Parts of the test that failed.</summary>
    public ulong BadCases { get; set; }

    /// <summary>Figures that it told.</summary>
    public int Measures { get; set; }

    /// <summary>Slots of its grant window that it said it had not given back.</summary>
    public ulong SlotsHeld { get; set; }

    /// <summary>Further lines of the record, each ended by a line feed: key, blank, value.</summary>
    public RecordText Details { get; } = new(DetailBytes);

    /// <summary>How many details there may still be.</summary>
    public int DetailsLeft { get; set; }

    public void Begin()
    {
        Verdict = TestVerdict.None;
        Assertions = Failures = Nanoseconds = Logged = Dropped = Strangers = Late = BadCases = SlotsHeld = 0;
        Measures = 0;
        DetailsLeft = MaxDetails;
        Details.Clear();
    }

    /// <summary>The verdict of a test that has ended, when nothing else has been decided.</summary>
    public void End(TestVerdict verdict)
    {
        if (Verdict == TestVerdict.None) Verdict = verdict;
    }

    /// <summary>Something that turns a pass into something else; a failure stays what it is.</summary>
    public void Worsen(TestVerdict verdict)
    {
        if (Verdict == TestVerdict.Passed) Verdict = verdict;
    }

    /// <summary>Writes the fields of a result record.</summary>
    public void WriteTo(RecordText record)
    {
        record.Add("verdict", VerdictNames.Of(Verdict));
        record.Add("ns", Nanoseconds);
        record.Add("assertions", Assertions);
        record.Add("failures", Failures);
        if (Dropped != 0) record.Add("dropped", Dropped);
        if (Strangers != 0) record.Add("strangers", Strangers);
        if (Late != 0) record.Add("late", Late);
        record.AddLines(Details.Bytes);
    }
}
