// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Looks for the best place in a window: with alignment, colours, and ranks of policies (AL:U19, AL:X3).</summary>
/// <remarks>
/// Goes down the trees in the order of addresses and skips what lies outside or has no free piece of the size. Free pieces
/// are preferred; only when none of them will do are mergeable ones looked at (AL:U11a). Among equal ranks: memory outside
/// scarce zones, the smallest piece, one whose sibling is in use, the lowest address (AL:U11, AL:U19).
/// A piece that can hold the block at several places is offered at the first that fits; when the chooser rules that out, at
/// the next pages, up to <see cref="PlacesAPiece"/>. After <see cref="MostCandidates"/> the best so far is taken (AL:X4).
/// </remarks>
internal sealed class PlaceFinder(UntypedTree tree)
{
    /// <summary>How many places of one piece are offered to the chooser.</summary>
    public const int PlacesAPiece = 64;

    /// <summary>How many candidates are ranked before the best so far is taken.</summary>
    public const int MostCandidates = 4096;

    private const ulong PageBytes = 1ul << AbiConstants.PageBits;
    private const int ColourBits = 6;
    private const ulong AllColours = ulong.MaxValue;

    private readonly UntypedTree _tree = tree;
    private IPieceChooser? _chooser;
    private bool _merges;
    private int _order;
    private ulong _step;
    private ulong _max;
    private int _seen;
    private uint _best;
    private ulong _bestAddress;
    private long _bestRank;

    /// <summary>The best place for the request; zero when nothing that is free will do.</summary>
    /// <param name="request">Its window, alignment and colours; it holds at least one block.</param>
    /// <param name="kind">Which memory.</param>
    /// <param name="chooser">Ranks the places; null when all are alike.</param>
    /// <param name="address">Where in the piece.</param>
    public uint Find(in Request request, MemoryKind kind, IPieceChooser? chooser, out ulong address)
    {
        _chooser = chooser is { RanksPieces: true } ? chooser : null;
        _order = request.SizeBits;
        _step = 1ul << (request.AlignBits > _order ? request.AlignBits : _order);
        _max = request.Max;
        _best = 0;
        _bestAddress = 0;
        for (int pass = 0; pass < 2 && _best == 0; pass++)
        {
            _merges = pass == 1;
            _seen = 0;
            for (uint region = _tree.Regions.FindFrom(request.Min); region != 0; region = _tree.Regions.After(region))
            {
                if (_tree.Pool[region].Base > _max || IsEnough) break;
                if (_tree.Pool[region].Kind == kind) Search(region, in request);
            }
        }

        address = _bestAddress;
        return _best;
    }

    private bool IsEnough => _best != 0 && _seen >= MostCandidates;

    private void Search(uint index, in Request request)
    {
        ref UntypedNode node = ref _tree.Pool[index];
        ulong last = node.Base + ((1ul << node.Order) - 1);
        if (node.Largest < _order || last < request.Min || node.Base > _max || IsEnough) return;
        if (node.State == NodeState.Free)
        {
            if (!_merges) Offer(index, in request);
            return;
        }

        if (_merges && node.BusyHalves == 0) Offer(index, in request);
        uint first = node.FirstChild;
        Search(first, in request);
        Search(first + 1, in request);
    }

    private void Offer(uint index, in Request request)
    {
        ref UntypedNode node = ref _tree.Pool[index];
        ulong end = node.Base + ((1ul << node.Order) - 1);
        ulong last = (end < _max ? end : _max) - ((1ul << _order) - 1);
        if (last > end) return;
        ulong from = node.Base > request.Min ? node.Base : request.Min;
        ulong place = (from + (_step - 1)) & ~(_step - 1);
        // The addition can wrap around at the top of the address space.
        for (int tried = 0; tried < PlacesAPiece && place >= from && place <= last; tried++)
        {
            if (HasColours(place, request.Colours))
            {
                _seen++;
                long rank = _chooser is null ? 0 : _chooser.Rank(CandidateAt(index, place), in request);
                if (rank != long.MaxValue)
                {
                    Consider(index, place, rank);
                    return;
                }
            }

            ulong page = (place & ~(PageBytes - 1)) + PageBytes;
            place = _step < PageBytes ? page : place + _step;
        }
    }

    private void Consider(uint index, ulong place, long rank)
    {
        if (_best != 0 && !IsBetter(index, place, rank)) return;
        _best = index;
        _bestAddress = place;
        _bestRank = rank;
    }

    private bool IsBetter(uint index, ulong place, long rank)
    {
        if (rank != _bestRank) return rank < _bestRank;
        MemoryZone zone = UntypedTree.ZoneOf(place);
        MemoryZone bestZone = UntypedTree.ZoneOf(_bestAddress);
        if (zone != bestZone) return zone > bestZone;
        int order = _tree.Pool[index].Order;
        int bestOrder = _tree.Pool[_best].Order;
        if (order != bestOrder) return order < bestOrder;
        bool isPaired = IsSiblingFree(index);
        if (isPaired != IsSiblingFree(_best)) return !isPaired;
        return place < _bestAddress;
    }

    private bool IsSiblingFree(uint index)
    {
        PieceLists lists = _tree.ListsOf(index);
        return lists.IsCompletelyFree(lists.SiblingOf(index));
    }

    private Candidate CandidateAt(uint index, ulong place)
    {
        ref UntypedNode node = ref _tree.Pool[index];
        uint around = _tree.NeighbourhoodOf(index);
        uint region = around;
        while (_tree.Pool[region].Parent != 0) region = _tree.Pool[region].Parent;
        return new Candidate
        {
            Base = place,
            Order = node.Order,
            PieceBase = node.Base,
            IsSiblingFree = IsSiblingFree(index),
            NeedsMerge = _merges,
            Kind = node.Kind,
            Zone = UntypedTree.ZoneOf(place),
            RegionBase = _tree.Pool[region].Base,
            RegionBits = _tree.Pool[region].Order,
            IsBlockEmpty = _tree.ListsOf(around).IsCompletelyFree(around),
            BlockLifetime = _tree.Pool[around].Lifetime,
        };
    }

    /// <summary>True when every page of the block has one of the colours.</summary>
    private bool HasColours(ulong place, ulong colours)
    {
        if (colours == AllColours) return true;
        int pageBits = _order - AbiConstants.PageBits;
        // 64 pages or more have every colour.
        if (pageBits >= ColourBits) return false;
        ulong pages = pageBits <= 0 ? 1 : (1ul << (1 << pageBits)) - 1;
        int first = (int)(place >> AbiConstants.PageBits) & 63;
        return (pages << first & ~colours) == 0;
    }
}
