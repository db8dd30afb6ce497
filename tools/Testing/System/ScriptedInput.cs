// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using System.Threading.Channels;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Types like somebody who reads: each piece of the script once the machine has printed what it waits for.</summary>
internal sealed class ScriptedInput(IReadOnlyList<(string After, string Keys)> script) : Stream
{
    private readonly Channel<byte[]> _keys = Channel.CreateUnbounded<byte[]>();
    private readonly StringBuilder _seen = new();
    private int _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Takes what the machine printed. Text before the last match counts for no later piece.</summary>
    public void Hear(string text)
    {
        _seen.Append(text);
        while (_next < script.Count)
        {
            string seen = _seen.ToString();
            int at = seen.IndexOf(script[_next].After, StringComparison.Ordinal);
            if (at < 0) return;
            _seen.Remove(0, at + script[_next].After.Length);
            _keys.Writer.TryWrite(Encoding.ASCII.GetBytes(script[_next++].Keys));
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        byte[] keys = await _keys.Reader.ReadAsync(cancel);
        // Pieces are shorter than anybody's buffer.
        keys.CopyTo(buffer);
        return keys.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
