// SPDX-License-Identifier: BSD-2-Clause
using System.Collections;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>Arrays of any type seen as lists of objects. C# relies on it for collection expressions of interface types.</summary>
public abstract unsafe partial class Array
{
    int ICollection.Count => Length;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => false;

    object? IList.this[int index]
    {
        get => GetValue(index);
        set => SetValue(value, index);
    }

    /// <summary>The element at a place as an object.</summary>
    public object? GetValue(int index)
    {
        if (m_pEEType->ElementType != ElementType.SzArray) throw new ArgumentException("Array was not a one-dimensional array.");
        if ((uint)index >= (uint)Length) throw new IndexOutOfRangeException();
        return ElementAsObject(index);
    }

    /// <summary>Sets the element at a place from an object of the element type.</summary>
    public void SetValue(object? value, int index)
    {
        if (m_pEEType->ElementType != ElementType.SzArray) throw new ArgumentException("Array was not a one-dimensional array.");
        if ((uint)index >= (uint)Length) throw new IndexOutOfRangeException();
        MethodTable* element = m_pEEType->Related;
        ref byte place = ref Place(index);
        if (!element->IsValueType)
        {
            if (value is not null && !TypeRelations.IsAssignable(value.m_pEEType, element)) throw new InvalidCastException();
            Unsafe.As<byte, object?>(ref place) = value;
        }
        else if (element->IsNullable)
        {
            Runtime.RuntimeExports.RhUnboxNullable(ref place, element, value);
        }
        else if (value is null)
        {
            SpanHelpers.ClearWithoutReferences(ref place, element->ValueSize);
        }
        else
        {
            SpanHelpers.Memmove(ref place, ref Runtime.RuntimeExports.RhUnbox2(element, value), element->ValueSize);
        }
    }

    /// <summary>Walks all elements as objects, in the order of memory.</summary>
    public IEnumerator GetEnumerator()
    {
        for (int index = 0; index < Length; index++) yield return ElementAsObject(index);
    }

    private ref byte Place(int index) => ref Unsafe.Add(ref Elements, (nint)((nuint)index * m_pEEType->ComponentSize));

    private object? ElementAsObject(int index)
    {
        MethodTable* element = m_pEEType->Related;
        ref byte place = ref Place(index);
        return element->IsValueType ? Runtime.RuntimeExports.RhBox(element, ref place) : Unsafe.As<byte, object?>(ref place);
    }

    bool IList.Contains(object? value) => ((IList)this).IndexOf(value) >= 0;

    int IList.IndexOf(object? value)
    {
        for (int index = 0; index < Length; index++)
        {
            if (Equals(ElementAsObject(index), value)) return index;
        }
        return -1;
    }

    void IList.Clear() => Clear(this);

    int IList.Add(object? value) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList.Insert(int index, object? value) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList.Remove(object? value) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList.RemoveAt(int index) => throw new NotSupportedException("Collection was of a fixed size.");
}
