// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Testing;

/// <summary>Makes a static method without parameters a test; its name is the test's. TD:T1.</summary>
/// <remarks>
/// The build reads these from the sources and makes the program's table of tests and its dispatch from them
/// (<c>tools/Suite/Tables</c>); in the image the attributes themselves mean nothing. All values must be constants.
/// </remarks>
/// <param name="description">What the test shows, in a sentence.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TestAttribute(string description) : Attribute
{
    /// <summary>What the test shows.</summary>
    public string Description { get; } = description;

    /// <summary>The rules that it cites, each between blanks; those of its class are added.</summary>
    public string Rules { get; set; } = "";

    /// <summary>Words to select by, each between blanks; those of its class are added.</summary>
    public string Tags { get; set; } = "";

    /// <summary>What it needs, each between blanks: timer, benchmark, ioports, heap, cores:N. Unmet, the test is skipped.</summary>
    public string Requires { get; set; } = "";

    /// <summary>Milliseconds until it counts as hung; 0 = the driver's usual time.</summary>
    public int TimeoutMilliseconds { get; set; }

    /// <summary>Why it is expected to fail, with a link or number; a pass then is told (TD:F5).</summary>
    public string KnownFailure { get; set; } = "";

    /// <summary>False for a test that does not run unless it is asked for (TD:T5).</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A name that is no C# identifier, in the place of the method's.</summary>
    public string Name { get; set; } = "";

    /// <summary>Which type it is of: <see cref="TestTypes"/>.</summary>
    public int Type { get; set; } = -1;
}

/// <summary>What all tests of a class have in common.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TestsAttribute : Attribute
{
    /// <summary>Rules that every test of the class cites.</summary>
    public string Rules { get; set; } = "";

    /// <summary>Tags that every test of the class has.</summary>
    public string Tags { get; set; } = "";

    /// <summary>What every test of the class needs.</summary>
    public string Requires { get; set; } = "";

    /// <summary>The type of the tests that do not say theirs.</summary>
    public int Type { get; set; } = -1;
}
