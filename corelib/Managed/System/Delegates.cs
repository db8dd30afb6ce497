// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A test of a value.</summary>
public delegate bool Predicate<in T>(T obj) where T : allows ref struct;

/// <summary>An order of two values: negative, zero or positive.</summary>
public delegate int Comparison<in T>(T x, T y) where T : allows ref struct;

/// <summary>A value turned into another.</summary>
public delegate TOutput Converter<in TInput, out TOutput>(TInput input) where TInput : allows ref struct where TOutput : allows ref struct;

/// <summary>What is called when something happens.</summary>
public delegate void EventHandler(object? sender, EventArgs e);

/// <summary>What is called when something happens.</summary>
public delegate void EventHandler<TEventArgs>(object? sender, TEventArgs e);

/// <summary>What there is to say about something that happened.</summary>
public class EventArgs
{
    /// <summary>Nothing.</summary>
    public static readonly EventArgs Empty = new();
}

/// <summary>A piece of code with no arguments.</summary>
public delegate void Action();

/// <summary>A piece of code with 1 argument.</summary>
public delegate void Action<in T>(T obj) where T : allows ref struct;

/// <summary>A piece of code with 2 arguments.</summary>
public delegate void Action<in T1, in T2>(T1 arg1, T2 arg2) where T1 : allows ref struct where T2 : allows ref struct;

/// <summary>A piece of code with 3 arguments.</summary>
public delegate void Action<in T1, in T2, in T3>(T1 arg1, T2 arg2, T3 arg3);

/// <summary>A piece of code with 4 arguments.</summary>
public delegate void Action<in T1, in T2, in T3, in T4>(T1 arg1, T2 arg2, T3 arg3, T4 arg4);

/// <summary>A piece of code with 5 arguments.</summary>
public delegate void Action<in T1, in T2, in T3, in T4, in T5>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5);

/// <summary>A piece of code with 6 arguments.</summary>
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6);

/// <summary>A piece of code with 7 arguments.</summary>
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7);

/// <summary>A piece of code with 8 arguments.</summary>
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8>(
    T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8);

/// <summary>A piece of code with no arguments and a result.</summary>
public delegate TResult Func<out TResult>() where TResult : allows ref struct;

/// <summary>A piece of code with 1 argument and a result.</summary>
public delegate TResult Func<in T, out TResult>(T arg) where T : allows ref struct where TResult : allows ref struct;

/// <summary>A piece of code with 2 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, out TResult>(T1 arg1, T2 arg2);

/// <summary>A piece of code with 3 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, in T3, out TResult>(T1 arg1, T2 arg2, T3 arg3);

/// <summary>A piece of code with 4 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, in T3, in T4, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4);

/// <summary>A piece of code with 5 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5);

/// <summary>A piece of code with 6 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6);

/// <summary>A piece of code with 7 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, out TResult>(
    T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7);

/// <summary>A piece of code with 8 arguments and a result.</summary>
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, out TResult>(
    T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8);
