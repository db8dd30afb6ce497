// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Sel4.Tests;

/// <summary>Runs the tests of this assembly in this process and reports each as one line of JSON on standard output.</summary>
/// <remarks>
/// The general test host takes longer to start than the tests take to run, and knows neither rules nor regular expressions.
/// IDEs and <c>dotnet test</c> still find the tests in the usual way. Options: <c>--list</c>, <c>--filter REGEX</c>,
/// and <c>--quick</c>: of a theory over seeds, marked <c>[Trait("Kind", "random")]</c>, only the first case runs.
/// </remarks>
internal static class Runner
{
    // What full names begin with, so that a filter means the same here as in the tool.
    private const string Suite = "host: ";

    private static int Main(string[] args)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(TextWriter.Null);    // what tests print must not mix with the report
        int at = Array.IndexOf(args, "--filter");
        var filter = new Regex(at >= 0 && at + 1 < args.Length ? args[at + 1] : "", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

        var framework = new XunitTestFramework(new NullMessageSink());
        Assembly assembly = typeof(Runner).Assembly;
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        using var discovery = new Discovery();
        discoverer.Find(includeSourceInformation: false, discovery, new Options());
        discovery.Finished.Wait();
        ITestCase[] chosen =
        [
            .. discovery.Cases
                .Where(test => filter.IsMatch(Suite + test.DisplayName))
                .OrderBy(test => test.DisplayName, StringComparer.Ordinal)
        ];
        if (args.Contains("--quick")) chosen = WithoutFurtherSeeds(chosen);
        if (args.Contains("--list"))
        {
            foreach (ITestCase test in chosen) Write(output, new { test = test.DisplayName, outcome = "listed", rules = RulesOf(test) });
            return 0;
        }
        using ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName());
        using var execution = new Execution(output);
        executor.RunTests(chosen, execution, new Options());
        execution.Finished.Wait();
        return execution.Failures == 0 ? 0 : 1;
    }

    private static ITestCase[] WithoutFurtherSeeds(ITestCase[] tests)
    {
        var seen = new HashSet<(string, string)>();
        return
        [
            .. tests.Where(test =>
            {
                bool isRandom = test.Traits.TryGetValue("Kind", out List<string>? kinds) && kinds.Contains("random");
                return !isRandom || seen.Add((test.TestMethod.TestClass.Class.Name, test.TestMethod.Method.Name));
            })
        ];
    }

    private static void Write(TextWriter output, object line)
    {
        string text = JsonSerializer.Serialize(line);
        lock (output) output.WriteLine(text);
    }

    private static string[] RulesOf(ITestCase test)
    {
        string attribute = typeof(RuleAttribute).AssemblyQualifiedName!;
        IEnumerable<IAttributeInfo> cited = test.TestMethod.Method.GetCustomAttributes(attribute)
            .Concat(test.TestMethod.TestClass.Class.GetCustomAttributes(attribute));
        return [.. cited.SelectMany(info => ((ReflectionAttributeInfo)info).Attribute is RuleAttribute rule ? rule.Ids : []).Distinct()];
    }

    private sealed class Discovery : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        public ConcurrentBag<ITestCase> Cases { get; } = [];
        public ManualResetEventSlim Finished { get; } = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage found) Cases.Add(found.TestCase);
            if (message is IDiscoveryCompleteMessage) Finished.Set();
            return true;
        }

        public void Dispose() => Finished.Dispose();
    }

    private sealed class Execution(TextWriter output) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        private int _failures;
        public int Failures => _failures;
        public ManualResetEventSlim Finished { get; } = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestPassed passed:
                    Report(passed, "passed", "");
                    break;
                case ITestSkipped skipped:
                    Report(skipped, "skipped", skipped.Reason);
                    break;
                case ITestFailed failed:
                    Interlocked.Increment(ref _failures);
                    Report(failed, "failed", Describe(failed));
                    break;
                case IFailureInformation failure:
                    // A failed clean-up, or an error of the framework itself: it belongs to no test.
                    Interlocked.Increment(ref _failures);
                    string[] none = [];
                    Write(output, new { test = "test run", outcome = "failed", seconds = 0m, message = Describe(failure), rules = none });
                    break;
                case ITestAssemblyFinished:
                    Finished.Set();
                    break;
            }
            return true;
        }

        public void Dispose() => Finished.Dispose();

        private void Report(ITestResultMessage result, string outcome, string message) =>
            Write(output, new { test =
                result.Test.DisplayName, outcome, seconds = result.ExecutionTime, message, rules = RulesOf(result.TestCase) });

        // How the framework reached the test is of no interest.
        private static string Describe(IFailureInformation failure)
        {
            IEnumerable<string> trace = (ExceptionUtility.CombineStackTraces(failure) ?? "").Split('\n')
                .Where(line => !line.Contains("InvokeStub_") && !line.Contains("at System.Reflection."));
            return ExceptionUtility.CombineMessages(failure) + "\n" + string.Join('\n', trace);
        }
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly ConcurrentDictionary<string, object?> _values = new();

        public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
    }
}
