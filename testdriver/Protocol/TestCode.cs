// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Testing;

/// <summary>The first word of a message between a test and the driver; the label is 0. TD:§4, TD:§4.1.</summary>
/// <remarks>Codes 0 to 7 are sel4test's. Results may be sent or called, everything else is called.</remarks>
public enum TestCode : ulong
{
    /// <summary>The test passed.</summary>
    Success = 0,

    /// <summary>The test failed.</summary>
    Failure = 1,

    /// <summary>The test failed in a way that makes everything after it meaningless.</summary>
    Abort = 2,

    /// <summary>Results lie below; nobody sends it.</summary>
    Boundary = 3,

    /// <summary>Word 1: <see cref="TimeoutKind"/>, word 2: nanoseconds, word 3, if any: an id. Answer: 0 or an error.</summary>
    SetTimeout = 4,

    /// <summary>Ends all time-outs of the test. Answer: 0.</summary>
    ResetTimer = 5,

    /// <summary>Answer: 0 or an error, then nanoseconds since the driver started.</summary>
    Timestamp = 6,

    /// <summary>An sel4rpc request, whose magic word this is.</summary>
    Rpc = 7,

    /// <summary>Words: <see cref="TestStatus"/>, assertions, failures, bytes of text; then the text, at most 800 bytes.</summary>
    Result = 16,

    /// <summary>Word 1: bytes; then a line of text, at most 900 bytes.</summary>
    Log = 17,

    /// <summary>Word 1: bytes; then why the test cannot run here.</summary>
    Skip = 18,

    /// <summary>Word 1: milliseconds from now that the test asks for.</summary>
    Heartbeat = 19,

    /// <summary>Words: value, bytes of the name, bytes of the unit; then both texts.</summary>
    Measure = 20,

    /// <summary>Words: <see cref="TestStatus"/>, bytes; then the name of a part of the test.</summary>
    Case = 21,

    /// <summary>Answer: 0, then the seed of this test.</summary>
    Seed = 22,

    /// <summary>Words: address and bytes of a trace buffer in the test's memory, read when the test ends.</summary>
    Trace = 23,

    /// <summary>Words: the fault label that is to come, 1 when the address counts, the address.</summary>
    ExpectFault = 24,

    /// <summary>Word 1: slots of the grant window that the test has not given back. An addition of ours.</summary>
    Holdings = 25,

    /// <summary>abort() in a C library.</summary>
    LibraryAbort = ulong.MaxValue,
}

/// <summary>Word 1 of <see cref="TestCode.SetTimeout"/>. TD:P6.</summary>
public enum TimeoutKind : ulong
{
    /// <summary>Every so many nanoseconds until it is reset.</summary>
    Periodic = 0,

    /// <summary>Once, at that time.</summary>
    Absolute = 1,

    /// <summary>Once, after that time.</summary>
    Relative = 2,
}

/// <summary>What a test says about itself, in its own words. TD:§5.</summary>
public enum TestStatus : ulong
{
    /// <summary>It passed.</summary>
    Success = 0,

    /// <summary>It failed.</summary>
    Failure = 1,

    /// <summary>It failed, and the suite must stop.</summary>
    Abort = 2,
}

/// <summary>Limits of the protocol.</summary>
public static class TestLimits
{
    /// <summary>Bytes of a test's name.</summary>
    public const int MaxNameBytes = 128;

    /// <summary>Bytes of the text of a result.</summary>
    public const int MaxResultBytes = 800;

    /// <summary>Bytes of a log line.</summary>
    public const int MaxLogBytes = 900;

    /// <summary>Milliseconds that a test may take when it does not say (TD:§9.4).</summary>
    public const uint DefaultTimeoutMilliseconds = 10_000;

    /// <summary>The slot that the first child-side capability of a test has; see <see cref="StartupPage"/>.</summary>
    public const int MaxUntypeds = 16;
}
