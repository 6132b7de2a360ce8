package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the region's mark in those slots of a cluster where it was not found yet, at each master by itself, so that one that hangs
 * holds up nobody else's. Confined to an event loop.
 */
final class MarkSearch {
    /** Who is told, after each flush. */
    interface Listener {
        /** @param in the table the search began with */
        void found(SlotTable in, BitSet slots);
    }

    /** So many marks are looked at in one flush. */
    static final int AT_ONCE = 512;

    /** So many flushes that find nothing end a search; the next goes on behind them. */
    static final int MAX_BARREN = 4;

    private final RegionMarker marker;
    private final Function<Endpoint, Future<Inquiry>> opening;
    private final Listener listener;
    private final Set<Endpoint> searched = new HashSet<>();
    /** The slot with which a master's next search begins. */
    private final Map<Endpoint, Integer> next = new HashMap<>();

    MarkSearch(RegionMarker marker, Function<Endpoint, Future<Inquiry>> opening, Listener listener) {
        this.marker = marker;
        this.opening = opening;
        this.listener = listener;
    }

    /** Begins where none is under way. Completes when all it has begun have ended, however they did. */
    Future<Void> begin(SlotTable table) {
        next.keySet().retainAll(table.masters());
        List<Future<Void>> all = new ArrayList<>();
        for (Endpoint master : table.masters()) {
            List<Integer> slots = table.unmarked(master);
            if (!slots.isEmpty() && searched.add(master)) {
                // A master that cannot be asked has none for now.
                all.add(opening.apply(master)
                        .compose(of -> look(new Search(table, of, slots), from(master, slots), slots.size(), 0)
                                .onComplete(ignored -> of.close()))
                        .onComplete(ignored -> searched.remove(master)));
            }
        }
        return Future.join(all).mapEmpty();
    }

    private record Search(SlotTable table, Inquiry of, List<Integer> slots) {}

    /** Index of the first slot to look at. */
    private int from(Endpoint master, List<Integer> slots) {
        int first = next.getOrDefault(master, 0);
        int index = 0;
        while (index < slots.size() && slots.get(index) < first) {
            index++;
        }
        return index == slots.size() ? 0 : index;
    }

    /** @param left slots not looked at yet, all of them once */
    private Future<Void> look(Search search, int from, int left, int barren) {
        if (left <= 0 || barren == MAX_BARREN) {
            return Future.succeededFuture();
        }
        List<Integer> slots = search.slots;
        int until = Math.min(slots.size(), from + Math.min(left, AT_ONCE));
        List<Integer> some = slots.subList(from, until);
        List<Request> questions = some.stream()
                .map(slot -> marker.question(RegionMarker.key(slot)))
                .toList();
        return search.of.ask(questions).compose(answers -> {
            BitSet found = found(some, answers);
            int then = until == slots.size() ? 0 : until;
            next.put(search.of.endpoint(), slots.get(then));
            if (!found.isEmpty()) {
                listener.found(search.table, found);
            }
            return look(search, then, left - some.size(), found.isEmpty() ? barren + 1 : barren);
        });
    }

    private BitSet found(List<Integer> slots, List<@Nullable Response> answers) {
        BitSet found = new BitSet();
        for (int i = 0; i < slots.size(); i++) {
            if (marker.judge(answers.get(i)) == LinkTarget.Verdict.RIGHT) {
                found.set(slots.get(i));
            }
        }
        return found;
    }
}
