// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>An amount of memory that is shown with a unit.</summary>
public readonly struct ByteCount(ulong bytes)
{
    private const int Step = 10;

    /// <summary>A unit is left for the next one from this on: what is shown has three to five digits.</summary>
    private const ulong MostShown = 10_240;

    private readonly ulong _bytes = bytes;

    /// <summary>Four characters, with the blank before it.</summary>
    public string Unit => Shift switch
    {
        0 => " B  ",
        Step => " KiB",
        2 * Step => " MiB",
        _ => " GiB",
    };

    /// <summary>In that unit, rounded down.</summary>
    public ulong InUnit => _bytes >> Shift;

    private int Shift
    {
        get
        {
            int shift = 0;
            while (shift < 3 * Step && _bytes >> shift >= MostShown) shift += Step;
            return shift;
        }
    }
}
