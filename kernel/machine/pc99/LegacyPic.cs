// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>The two 8259 interrupt controllers: moved out of the way of the exceptions, then silenced for good.</summary>
/// <remarks>Even a masked controller can raise a spurious interrupt, which then hits a vector that nobody listens to.</remarks>
public static class LegacyPic
{
    private const ushort FirstCommand = 0x20;
    private const ushort FirstData = 0x21;
    private const ushort SecondCommand = 0xa0;
    private const ushort SecondData = 0xa1;
    private const byte FirstVector = 32;

    public static void Disable()
    {
        Instructions.Out8(FirstCommand, 0x11);              // ICW1: cascade, ICW4 follows
        Instructions.Out8(SecondCommand, 0x11);
        Instructions.Out8(FirstData, FirstVector);          // ICW2
        Instructions.Out8(SecondData, FirstVector + 8);
        Instructions.Out8(FirstData, 4);                    // ICW3: the second one is on line 2
        Instructions.Out8(SecondData, 2);
        Instructions.Out8(FirstData, 1);                    // ICW4: 8086 mode
        Instructions.Out8(SecondData, 1);
        Instructions.Out8(FirstData, 0xff);
        Instructions.Out8(SecondData, 0xff);
    }
}
