// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>1 value travelling together.</summary>
public partial struct ValueTuple<T1>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1)
    {
        Item1 = item1;
    }
}

/// <summary>2 values travelling together.</summary>
public partial struct ValueTuple<T1, T2>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Value 2.</summary>
    public T2 Item2;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1, T2 item2)
    {
        Item1 = item1;
        Item2 = item2;
    }
}

/// <summary>3 values travelling together.</summary>
public partial struct ValueTuple<T1, T2, T3>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Value 2.</summary>
    public T2 Item2;

    /// <summary>Value 3.</summary>
    public T3 Item3;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1, T2 item2, T3 item3)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
    }
}

/// <summary>4 values travelling together.</summary>
public partial struct ValueTuple<T1, T2, T3, T4>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Value 2.</summary>
    public T2 Item2;

    /// <summary>Value 3.</summary>
    public T3 Item3;

    /// <summary>Value 4.</summary>
    public T4 Item4;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
    }
}

/// <summary>5 values travelling together.</summary>
public partial struct ValueTuple<T1, T2, T3, T4, T5>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Value 2.</summary>
    public T2 Item2;

    /// <summary>Value 3.</summary>
    public T3 Item3;

    /// <summary>Value 4.</summary>
    public T4 Item4;

    /// <summary>Value 5.</summary>
    public T5 Item5;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
    }
}

/// <summary>6 values travelling together.</summary>
public partial struct ValueTuple<T1, T2, T3, T4, T5, T6>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Value 2.</summary>
    public T2 Item2;

    /// <summary>Value 3.</summary>
    public T3 Item3;

    /// <summary>Value 4.</summary>
    public T4 Item4;

    /// <summary>Value 5.</summary>
    public T5 Item5;

    /// <summary>Value 6.</summary>
    public T6 Item6;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
        Item6 = item6;
    }
}

/// <summary>7 values travelling together.</summary>
public partial struct ValueTuple<T1, T2, T3, T4, T5, T6, T7>
{
    /// <summary>Value 1.</summary>
    public T1 Item1;

    /// <summary>Value 2.</summary>
    public T2 Item2;

    /// <summary>Value 3.</summary>
    public T3 Item3;

    /// <summary>Value 4.</summary>
    public T4 Item4;

    /// <summary>Value 5.</summary>
    public T5 Item5;

    /// <summary>Value 6.</summary>
    public T6 Item6;

    /// <summary>Value 7.</summary>
    public T7 Item7;

    /// <summary>Puts them together.</summary>
    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
        Item6 = item6;
        Item7 = item7;
    }
}
