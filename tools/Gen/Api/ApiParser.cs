// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sel4.Tools.Gen.Api;

/// <summary>Reads <c>objects.api</c>. Its form is described at its head.</summary>
internal sealed class ApiParser
{
    private readonly ApiFile _file = new();
    private ConstantClass? _constants;
    private EnumType? _enum;
    private ObjectInterface? _object;
    private Method? _method;

    internal static ApiFile Parse(IEnumerable<SpecLine> lines)
    {
        ApiParser parser = new();
        foreach (SpecLine line in lines)
        {
            parser.Take(line);
            line.End();
        }

        return parser._file;
    }

    private void Take(SpecLine line)
    {
        switch (line.Keyword)
        {
            case "constants": TakeConstants(line); break;
            case "constant": TakeConstant(line); break;
            case "enum": TakeEnum(line); break;
            case "value": TakeValue(line); break;
            case "types" or "calls": line.Sentence("what they are"); break;
            case "type": TakeKind(line); break;
            case "call": TakeCall(line); break;
            case "object": TakeObject(line); break;
            case "method": TakeMethod(line); break;
            case "word": Owner(line).Words.Add(Argument(line)); break;
            case "result": Owner(line).Results.Add(Argument(line)); break;
            case "words": Owner(line).TrailingWords = TrailingArgument(line); break;
            case "results": Owner(line).TrailingResults = TrailingArgument(line); break;
            case "cap": TakeCapability(line); break;
            case "error": TakeError(line); break;
            default: throw line.Error($"'{line.Keyword}' is not known");
        }
    }

    private void TakeConstants(SpecLine line)
    {
        _constants = new ConstantClass(line.Name("the class name"), line.Sentence("what they are"), []);
        _file.ConstantClasses.Add(_constants);
    }

    private void TakeConstant(SpecLine line)
    {
        ConstantClass owner = _constants ?? throw line.Error("constant: there is no class that it could belong to");
        Constant constant = new(line.Name("the name"), line.Name("the type"), (ulong)line.Number("the value"),
            line.Sentence("what it is"));
        if (constant.TypeName is not ("int" or "ulong"))
        {
            throw line.Error($"constant {constant.Name}: the type must be int or ulong, not {constant.TypeName}");
        }

        RequireNew(line, constant.Name, owner.Constants.Select(other => other.Name));
        owner.Constants.Add(constant);
    }

    private void TakeEnum(SpecLine line)
    {
        _enum = new EnumType(line.Name("the name"), line.Name("the type"), line.Sentence("what it is"), []);
        RequireNew(line, _enum.Name, _file.Enums.Select(other => other.Name));
        _file.Enums.Add(_enum);
    }

    private void TakeValue(SpecLine line)
    {
        EnumType owner = _enum ?? throw line.Error("value: there is no enumeration that it could belong to");
        EnumValue value = new(line.Name("the name"), line.Number("the number"), line.Sentence("what it is"));
        RequireNew(line, value.Name, owner.Values.Select(other => other.Name));
        owner.Values.Add(value);
    }

    private void TakeKind(SpecLine line)
    {
        string name = line.Name("the name");
        long? number = Column(line, "the number");
        long? mcsNumber = Column(line, "the MCS number");
        string size = line.Word("the size");
        bool hasUserSize = size.StartsWith("user+", StringComparison.Ordinal);
        if (!int.TryParse(hasUserSize ? size[5..] : size, NumberStyles.None, CultureInfo.InvariantCulture, out int bits))
        {
            throw line.Error($"type {name}: '{size}' is no size; write a number or user+N");
        }

        RequireNew(line, name, _file.Kinds.Select(other => other.Name));
        RequireFree(line, number, _file.Kinds.Select(other => other.Number));
        RequireFree(line, mcsNumber, _file.Kinds.Select(other => other.McsNumber));
        _file.Kinds.Add(new ObjectKind(name, number, mcsNumber, hasUserSize, bits, line.Sentence("what it is")));
    }

    private void TakeCall(SpecLine line)
    {
        SystemCallEntry call = new(line.Name("the name"), Column(line, "the number"), Column(line, "the MCS number"),
            line.Sentence("what it does"), line.Sentence("when it exists"));
        RequireNew(line, call.Name, _file.Calls.Select(other => other.Name));
        RequireFree(line, call.Number, _file.Calls.Select(other => other.Number));
        RequireFree(line, call.McsNumber, _file.Calls.Select(other => other.McsNumber));
        _file.Calls.Add(call);
    }

    private void TakeObject(SpecLine line)
    {
        string name = line.Name("the name");
        if (!line.TryWord("as"))
        {
            throw line.Error("object: 'as' and the type of the capability are missing");
        }

        string marker = line.Name("the type");
        string family = line.TryWord("family") ? line.Name("the family") : "";
        _object = new ObjectInterface(name, marker, family, line.Sentence("what it is"), []);
        _method = null;
        RequireNew(line, name, _file.Objects.Select(other => other.Name));
        _file.Objects.Add(_object);
    }

    private void TakeMethod(SpecLine line)
    {
        ObjectInterface owner = _object ?? throw line.Error("method: there is no object that it could belong to");
        _method = new Method(owner.Name, line.Name("the name"), Column(line, "the label"), Column(line, "the MCS label"),
            line.Sentence("what it does"));
        List<Method> others = [.. _file.Objects.SelectMany(type => type.Methods)];
        RequireFree(line, _method.Label, others.Select(other => other.Label));
        RequireFree(line, _method.McsLabel, others.Select(other => other.McsLabel));
        foreach (Method other in owner.Methods.Where(other => other.Name == _method.Name))
        {
            bool isShared = (other.Label != null && _method.Label != null) || (other.McsLabel != null && _method.McsLabel != null);
            if (isShared)
            {
                throw line.Error($"method {other.Name} is declared twice for the same build");
            }
        }

        owner.Methods.Add(_method);
    }

    private void TakeCapability(SpecLine line)
    {
        Method owner = Owner(line);
        if (owner.Capabilities.Count == 3)
        {
            throw line.Error("cap: a message has room for three capabilities");
        }

        owner.Capabilities.Add(new CapabilityArgument(line.Name("the name"), line.Name("the type"), line.Sentence("what it is")));
    }

    private void TakeError(SpecLine line)
    {
        Method owner = Owner(line);
        string code = line.Name("the error");
        EnumType codes = _file.Enums.Find(type => type.Name == "ErrorCode")
            ?? throw line.Error("error: the enumeration ErrorCode must be declared first");
        if (!codes.Values.Exists(value => value.Name == code))
        {
            throw line.Error($"error: ErrorCode has no value {code}");
        }

        List<string> details = [];
        while (!line.IsAtSentence)
        {
            details.Add(line.Word("the condition"));
        }

        owner.Errors.Add(new MethodError(code, details, line.Sentence("the condition")));
    }

    private Method Owner(SpecLine line) =>
        _method ?? throw line.Error($"{line.Keyword}: there is no method that it could belong to");

    private static WordArgument Argument(SpecLine line) =>
        new(line.Name("the name"), line.Name("the type"), line.Sentence("what it is"));

    private static WordArgument TrailingArgument(SpecLine line) =>
        new(line.Name("the name"), "ulong", line.Sentence("what they are"));

    private static long? Column(SpecLine line, string what) => line.TryWord("-") ? null : line.Number(what);

    private static void RequireNew(SpecLine line, string name, IEnumerable<string> others)
    {
        if (others.Contains(name))
        {
            throw line.Error($"{line.Keyword}: {name} is declared twice");
        }
    }

    private static void RequireFree(SpecLine line, long? number, IEnumerable<long?> others)
    {
        if (number != null && others.Contains(number))
        {
            throw line.Error($"{line.Keyword}: {number} is used twice");
        }
    }
}
