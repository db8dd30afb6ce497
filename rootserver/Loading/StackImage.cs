// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Text;

namespace Sel4.RootServer;

/// <summary>Builds what a child finds on its stack: argc, argv, envp, auxiliary vector, strings (RT:§4.4, System V ABI).</summary>
/// <remarks>
/// Built in one buffer that ends at the child's stack top, in two passes: strings from the top down, then the vectors below.
/// The buffer is reused for each child and cleared first, so that nothing of the previous one shows.
/// </remarks>
public sealed class StackImage
{
    /// <summary>Most bytes of arguments, environment and vectors together (RT:C7).</summary>
    public const int MaxBytes = 32 * 1024;

    private const int MaxWords = 512;
    private readonly byte[] _bytes = new byte[MaxBytes];
    private readonly ulong[] _words = new ulong[MaxWords];
    private int _wordCount;
    private int _lowest;
    private ulong _top;
    private bool _isFull;

    /// <summary>Starts a new image below <paramref name="stackTop"/>, a multiple of 16.</summary>
    public void Begin(ulong stackTop)
    {
        for (int index = 0; index < MaxBytes; index++) _bytes[index] = 0;
        _top = stackTop;
        _lowest = MaxBytes;
        _wordCount = 0;
        _isFull = false;
    }

    /// <summary>The address at which byte 0 of <see cref="Bytes"/> lies in the child.</summary>
    public ulong BaseAddress => _top - MaxBytes;

    public byte[] Bytes => _bytes;

    /// <summary>Copies a string with its zero; the child's address of it.</summary>
    public ulong AddString(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length + 1 > _lowest)
        {
            _isFull = true;
            return 0;
        }

        // The zero byte behind it is there: the buffer was cleared.
        _lowest -= length + 1;
        Encoding.UTF8.GetBytes(text, new Span<byte>(_bytes, _lowest, length));
        return BaseAddress + (ulong)_lowest;
    }

    /// <summary>Copies 16 bytes made from a seed (AT_RANDOM); the child's address of them.</summary>
    public ulong AddRandom(ulong seed)
    {
        if (_lowest < 32)
        {
            _isFull = true;
            return 0;
        }

        _lowest = (_lowest - 16) & ~15;
        ulong state = seed;
        for (int index = 0; index < 16; index++)
        {
            // A step of a 64-bit linear congruential generator (Knuth's MMIX constants); the high byte is the best one.
            state = (state * 6364136223846793005ul) + 1442695040888963407ul;
            _bytes[_lowest + index] = (byte)(state >> 56);
        }

        return BaseAddress + (ulong)_lowest;
    }

    /// <summary>Appends a word of argc, argv, envp or the auxiliary vector, in ascending order of address.</summary>
    public void AddWord(ulong word)
    {
        if (_wordCount == MaxWords)
        {
            _isFull = true;
            return;
        }

        _words[_wordCount++] = word;
    }

    /// <summary>Appends an entry of the auxiliary vector.</summary>
    public void AddAuxiliary(AuxiliaryType type, ulong value)
    {
        AddWord((ulong)type);
        AddWord(value);
    }

    /// <summary>Places the vectors; false when arguments and environment do not fit.</summary>
    /// <param name="stackPointer">The child's first stack pointer: 16-byte aligned, pointing at argc.</param>
    public bool Finish(out ulong stackPointer)
    {
        int start = (_lowest - (8 * _wordCount)) & ~15;
        stackPointer = BaseAddress + (ulong)start;
        if (_isFull || start < 0) return false;
        for (int index = 0; index < _wordCount; index++)
            for (int offset = 0; offset < 8; offset++)
                _bytes[start + (8 * index) + offset] = (byte)(_words[index] >> (8 * offset));
        _lowest = start;
        return true;
    }

    /// <summary>First byte in use, so that pages below need no frame content.</summary>
    public int FirstUsedByte => _lowest;
}
