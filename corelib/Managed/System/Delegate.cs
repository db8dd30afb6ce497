// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <remarks>
/// The field names and the methods beginning with Initialize are known to ilc; a call is <c>_functionPointer(_firstParameter, …)</c>.
/// Static targets and lists go through a thunk that ilc makes for each delegate type, with the delegate itself as first parameter.
/// </remarks>
public abstract partial class Delegate
{
    internal object? _firstParameter;
    internal object? _helperObject;
    internal nint _extraFunctionPointerOrData;
    internal nint _functionPointer;

    private const int MulticastThunk = 0;
    private const int ClosedStaticThunk = 1;
    private const int OpenStaticThunk = 2;
    private const int ClosedInstanceThunkOverGenericMethod = 3;
    private const nint SharedCodeBit = 2;

    /// <summary>Keeps ilc's list thunk from covariance checks: an element of an invocation list.</summary>
    internal struct Wrapper
    {
        internal Delegate Value;
    }

    /// <summary>The thunks of the delegate type; ilc overrides it in each.</summary>
    private protected virtual nint GetThunk(int whichThunk) => 0;

    private void InitializeClosedInstance(object firstParameter, nint functionPointer)
    {
        if (firstParameter is null) throw new NullReferenceException();
        _functionPointer = functionPointer;
        _firstParameter = firstParameter;
    }

    /// <summary>For code shared among type arguments: its pointer, marked by a bit, carries them and is called by a thunk.</summary>
    private void InitializeClosedInstanceSlow(object firstParameter, nint functionPointer)
    {
        if ((functionPointer & SharedCodeBit) == 0)
        {
            InitializeClosedInstance(firstParameter, functionPointer);
            return;
        }
        if (firstParameter is null) throw new NullReferenceException();
        _firstParameter = this;
        _functionPointer = GetThunk(ClosedInstanceThunkOverGenericMethod);
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
    }

    private void InitializeClosedInstanceWithoutNullCheck(object firstParameter, nint functionPointer)
    {
        _functionPointer = functionPointer;
        _firstParameter = firstParameter;
    }

    private void InitializeClosedInstanceToInterface(object firstParameter, nint dispatchCell)
    {
        if (firstParameter is null) throw new NullReferenceException();
        _functionPointer = InterfaceDispatch.Find(firstParameter, dispatchCell);
        _firstParameter = firstParameter;
    }

    private void InitializeClosedStaticThunk(object firstParameter, nint functionPointer, nint functionPointerThunk)
    {
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
        _functionPointer = functionPointerThunk;
        _firstParameter = this;
    }

    private void InitializeOpenStaticThunk(object firstParameter, nint functionPointer, nint functionPointerThunk)
    {
        _extraFunctionPointerOrData = functionPointer;
        _functionPointer = functionPointerThunk;
        _firstParameter = this;
    }

    /// <summary>The object the code is called on, or null for a static method.</summary>
    public object? Target
    {
        get
        {
            if (_helperObject is Wrapper[] list) return list[(int)_extraFunctionPointerOrData - 1].Value.Target;
            if (_functionPointer == GetThunk(ClosedStaticThunk)) return _helperObject;
            if (_functionPointer == GetThunk(ClosedInstanceThunkOverGenericMethod)) return _helperObject;
            return ReferenceEquals(_firstParameter, this) ? null : _firstParameter;
        }
    }

    /// <summary>The two lists one after the other.</summary>
    [return: NotNullIfNotNull(nameof(a)), NotNullIfNotNull(nameof(b))]
    public static Delegate? Combine(Delegate? a, Delegate? b)
    {
        if (a is null) return b;
        if (b is null) return a;
        if (!a.IsSameType(b)) throw new ArgumentException("Delegates must be of the same type.");
        int countA = a.Count;
        int countB = b.Count;
        Wrapper[] list = new Wrapper[countA + countB];
        a.CopyInvocations(list);
        b.CopyInvocations(list.AsSpan(countA));
        return a.NewMulticast(list, list.Length);
    }

    /// <summary>All lists one after the other.</summary>
    public static Delegate? Combine(params Delegate?[]? delegates)
    {
        Delegate? result = null;
        foreach (Delegate? item in (ReadOnlySpan<Delegate?>)delegates) result = Combine(result, item);
        return result;
    }

    /// <summary>The list without the last occurrence of another list.</summary>
    public static Delegate? Remove(Delegate? source, Delegate? value)
    {
        if (source is null || value is null || !source.IsSameType(value)) return source;
        int count = source.Count;
        int removed = value.Count;
        for (int start = count - removed; start >= 0; start--)
        {
            if (!source.HasAt(start, value)) continue;
            if (count == removed) return null;
            if (count - removed == 1) return source.At(start == 0 ? count - 1 : 0);
            Wrapper[] rest = new Wrapper[count - removed];
            for (int index = 0; index < rest.Length; index++) rest[index].Value = source.At(index < start ? index : index + removed);
            return source.NewMulticast(rest, rest.Length);
        }
        return source;
    }

    /// <summary>Whether the other calls the same code on the same objects.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
    {
        if (ReferenceEquals(this, obj)) return true;
        if (obj is not Delegate other || !IsSameType(other)) return false;
        return Count == other.Count && HasAt(0, other);
    }

    /// <summary>From the code called.</summary>
    public override int GetHashCode() => At(Count - 1).SingleHashCode();

    /// <summary>Each entry of the list on its own.</summary>
    public virtual Delegate[] GetInvocationList()
    {
        Delegate[] result = new Delegate[Count];
        for (int index = 0; index < result.Length; index++) result[index] = At(index);
        return result;
    }

    /// <summary>Whether both are equal.</summary>
    public static bool operator ==(Delegate? d1, Delegate? d2) => d1 is null ? d2 is null : d1.Equals(d2);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Delegate? d1, Delegate? d2) => !(d1 == d2);

    private int Count => _helperObject is Wrapper[] ? (int)_extraFunctionPointerOrData : 1;

    private unsafe bool IsSameType(Delegate other) => m_pEEType == other.m_pEEType;

    private Delegate At(int index) => _helperObject is Wrapper[] list ? list[index].Value : this;

    private bool HasAt(int start, Delegate value)
    {
        for (int index = 0; index < value.Count; index++)
        {
            if (!At(start + index).SingleEquals(value.At(index))) return false;
        }
        return true;
    }

    private bool SingleEquals(Delegate other)
    {
        if (_functionPointer != other._functionPointer || _extraFunctionPointerOrData != other._extraFunctionPointerOrData) return false;
        bool closedOverItself = ReferenceEquals(_firstParameter, this);
        if (closedOverItself != ReferenceEquals(other._firstParameter, other)) return false;
        return ReferenceEquals(_helperObject, other._helperObject)
            && (closedOverItself || ReferenceEquals(_firstParameter, other._firstParameter));
    }

    private int SingleHashCode()
    {
        nint code = _extraFunctionPointerOrData != 0 ? _extraFunctionPointerOrData : _functionPointer;
        return (int)(code >> 4);
    }

    private void CopyInvocations(Span<Wrapper> target)
    {
        for (int index = 0; index < Count; index++) target[index].Value = At(index);
    }

    private unsafe Delegate NewMulticast(Wrapper[] list, int count)
    {
        Delegate result = Unsafe.As<Delegate>(Heap.NewObject(m_pEEType));
        result._functionPointer = GetThunk(MulticastThunk);
        result._firstParameter = result;
        result._helperObject = list;
        result._extraFunctionPointerOrData = count;
        return result;
    }
}
