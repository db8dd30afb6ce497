# SPDX-License-Identifier: BSD-2-Clause
#
# Words that user programs and the kernel exchange (ABI-4).
#
#   word NAME "sentence"
#     bits FIELD [HIGH:LOW] TYPE "..."     an unsigned number, seen as TYPE (ulong or int)
#   flags NAME "sentence"
#     flag FIELD BIT "..."
#     mask FIELD VALUE "..."               a name for several flags together
#
# The order of fields is the order of the constructor's parameters.

word MessageInfo "The header of a message: what it is about, and how much of it there is. ABI-4.1."
  bits Label         [63:12] ulong "Invocation or fault number, error code of an answer; free for use in messages between programs."
  bits CapsUnwrapped [11:9]  int   "Bitmap of the capabilities that arrived as a badge. Set by the kernel."
  bits ExtraCaps     [8:7]   int   "How many capabilities travel."
  bits Length        [6:0]   int   "How many words travel; above 120 counts as 120."

word CNodeGuard "The address bits that a CNode capability expects before its index, as given to Mint and Mutate. ABI-4.3."
  bits Guard     [63:6] ulong "What the bits must be, right-aligned; only the lowest GuardSize bits count."
  bits GuardSize [5:0]  int   "How many address bits the guard takes, 0 to 63."

flags CapRights "What a copy of a capability may still do. ABI-4.2."
  flag Write      0 "Send and signal; write to a mapped frame."
  flag Read       1 "Receive and wait; read a mapped frame."
  flag Grant      2 "Send capabilities along, and answer with capabilities."
  flag GrantReply 3 "Be answered."
  mask None       0 "No right at all."
  mask ReadWrite  3 "Read and Write."
  mask All        15 "Every right."
