// SPDX-License-Identifier: BSD-2-Clause
namespace System.IO;

/// <summary>Something that takes text.</summary>
public abstract class TextWriter : IDisposable
{
    /// <summary>Takes a character.</summary>
    public abstract void Write(char value);

    /// <summary>Takes characters.</summary>
    public virtual void Write(ReadOnlySpan<char> buffer)
    {
        foreach (char character in buffer) Write(character);
    }

    /// <summary>Takes a text.</summary>
    public virtual void Write(string? value) => Write((ReadOnlySpan<char>)value);

    /// <summary>Takes the text of an object.</summary>
    public virtual void Write(object? value) => Write(value?.ToString());

    /// <summary>Takes digits.</summary>
    public virtual void Write(int value) => Write(value.ToString());

    /// <summary>Takes digits.</summary>
    public virtual void Write(ulong value) => Write(value.ToString());

    /// <summary>Ends the line.</summary>
    public virtual void WriteLine() => Write('\n');

    /// <summary>Takes characters as a line.</summary>
    public virtual void WriteLine(ReadOnlySpan<char> buffer)
    {
        Write(buffer);
        WriteLine();
    }

    /// <summary>Takes a text as a line.</summary>
    public virtual void WriteLine(string? value) => WriteLine((ReadOnlySpan<char>)value);

    /// <summary>Takes the text of an object as a line.</summary>
    public virtual void WriteLine(object? value) => WriteLine(value?.ToString());

    /// <summary>Passes everything on; here nothing is ever held back.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Ends the writer.</summary>
    public void Dispose() => Flush();
}

/// <summary>Collects text.</summary>
public class StringWriter : TextWriter
{
    private readonly Text.StringBuilder _text = new();

    /// <summary>Takes a character.</summary>
    public override void Write(char value) => _text.Append(value);

    /// <summary>Takes characters.</summary>
    public override void Write(ReadOnlySpan<char> buffer) => _text.Append(buffer);

    /// <summary>The text so far.</summary>
    public override string ToString() => _text.ToString();
}
