// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>One limit and its use.</summary>
public readonly struct QuotaState(ulong limit, ulong used, ulong peak)
{
    /// <summary>How much may be held at one time; the largest number for no limit.</summary>
    public readonly ulong Limit = limit;

    /// <summary>How much is held, descendants included.</summary>
    public readonly ulong Used = used;

    /// <summary>The most that was ever held.</summary>
    public readonly ulong Peak = peak;
}

/// <summary>Requests of version 2 that grant nothing: listings and limits.</summary>
public static class RpcQueryCalls
{
    extension(RpcClient client)
    {
        /// <summary>Asks for a page of a listing: <see cref="RpcClient.Reply"/> then has up to 16 records.</summary>
        /// <param name="cursor">0, and then the <c>NextCursor</c> of the page before until that is 0.</param>
        /// <param name="owner">Whose; 0 for this program.</param>
        public RpcError Query(QueryWhat what, ulong cursor = 0, ulong owner = 0)
        {
            client.Message.Clear();
            client.Message.SelectQuery();
            client.Message.Query.What = (uint)what;
            client.Message.Query.Cursor = cursor;
            client.Message.Query.Max = RpcMessage.RecordCapacity;
            client.Message.Query.Owner = owner;
            return client.SendIf(Feature.Query);
        }

        /// <summary>
        /// Waits until a program below this one waits for a limit to be raised: <see cref="RpcClient.Reply"/> then lists such
        /// requests, with owner, kind of limit, and how much is missing. Raise it with <c>SetQuota</c> or <c>GiveQuota</c>.
        /// </summary>
        public RpcError WaitForRequest(uint milliseconds)
        {
            client.Message.Clear();
            client.Message.SelectQuery();
            client.Message.Query.What = (uint)QueryWhat.Waiting;
            client.Message.Query.Max = RpcMessage.RecordCapacity;
            client.Message.SelectHints();
            client.Message.Hints.Flags = (uint)HintFlag.MayWait;
            client.Message.Hints.WaitMs = milliseconds;
            return client.SendIf(Feature.Query | Feature.Waiting);
        }

        /// <summary>Asks what the server knows of a grant.</summary>
        public RpcError Describe(Grant grant, out RecordMessage record)
        {
            record = default;
            client.Message.Clear();
            client.Message.SelectQuery();
            client.Message.Query.What = (uint)QueryWhat.Describe;
            client.Message.Query.Cookie = grant.Cookie;
            RpcError error = client.SendIf(Feature.Query);
            if (error.IsOk && client.Reply.RecordCount > 0) record = client.Reply.Record[0];
            return error;
        }

        /// <summary>Reads a limit of this program's own, or of one that it is above.</summary>
        public RpcError GetQuota(QuotaKind kind, out QuotaState state, ulong owner = 0) =>
            client.AskQuota(QuotaOperation.Get, kind, owner, 0, out state);

        /// <summary>Sets a limit of a program that this one is above.</summary>
        public RpcError SetQuota(ulong owner, QuotaKind kind, ulong limit) =>
            client.AskQuota(QuotaOperation.Set, kind, owner, limit, out _);

        /// <summary>Hands a part of this program's limit on, down or back up.</summary>
        public RpcError GiveQuota(ulong owner, QuotaKind kind, ulong amount) =>
            client.AskQuota(QuotaOperation.Give, kind, owner, amount, out _);

        private RpcError AskQuota(QuotaOperation operation, QuotaKind kind, ulong owner, ulong amount, out QuotaState state)
        {
            state = default;
            client.Message.Clear();
            client.Message.SelectQuota();
            client.Message.Quota.Op = (uint)operation;
            client.Message.Quota.Kind = (uint)kind;
            client.Message.Quota.Subject = owner;
            client.Message.Quota.Amount = amount;
            RpcError error = client.SendIf(Feature.Quota);
            if (!error.IsOk || client.Reply.QuotaStateCount == 0) return error;
            ref readonly QuotaStateMessage first = ref client.Reply.QuotaState[0];
            state = new QuotaState(first.Limit, first.Used, first.Peak);
            return error;
        }
    }
}
