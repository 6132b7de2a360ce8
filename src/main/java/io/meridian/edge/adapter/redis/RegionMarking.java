package io.meridian.edge.adapter.redis;

import io.meridian.edge.adapter.redis.RegionMarker.Marking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Marks a Redis, whatever its topology: the one there is, the master the sentinels name, every slot of a cluster. Nothing is written before all
 * was looked at, so that a foreign mark anywhere keeps everything as it is.
 */
final class RegionMarking {
    /** So many slots are looked at or marked in one flush. */
    private static final int AT_ONCE = 512;
    /** An operator waits longer than a service does. */
    private static final int STEP_MILLIS = 10_000;
    /** But not for one of several who may know where the masters are. */
    private static final int SEARCH_STEP_MILLIS = 2_000;
    /** So long the masters are sought, however many may know. */
    private static final int SEARCH_MILLIS = 10_000;

    /** How marking ends if marks come and go meanwhile. */
    static final String CHANGING = "somebody else changes its marks";

    private final Vertx vertx;
    private final RedisSettings settings;
    private final RedisSettings searching;
    private final RegionMarker marker;
    private final boolean overwrite;

    RegionMarking(Vertx vertx, RedisSettings settings, RegionMarker marker, boolean overwrite) {
        this.vertx = vertx;
        this.settings = settings.patient(STEP_MILLIS);
        this.searching = settings.patient(SEARCH_STEP_MILLIS);
        this.marker = marker;
        this.overwrite = overwrite;
    }

    /** Fails with {@link MarkingException} only. */
    Future<Marking> run() {
        List<Endpoint> seeds = settings.access().seeds();
        Future<Marking> marked = switch (settings.access().topology()) {
            case STANDALONE -> single(seeds.get(0));
            case SENTINEL -> inTime(SentinelView.find(vertx, searching)).compose(this::single);
            case CLUSTER -> inTime(table(seeds)).compose(this::cluster);
        };
        return marked.recover(failure -> Future.failedFuture(MarkingException.of(failure)));
    }

    private static <T> Future<T> inTime(Future<T> search) {
        return search.timeout(SEARCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Future<Marking> single(Endpoint node) {
        List<String> keys = List.of(RegionMarker.KEY);
        return with(
                settings, node, of -> missing(of, keys, 0, new ArrayList<>()).compose(missing -> set(of, missing)));
    }

    private Future<SlotTable> table(List<Endpoint> seeds) {
        Future<SlotTable> table = Future.failedFuture("no node");
        for (Endpoint seed : seeds) {
            table = table.recover(ignored -> with(searching, seed, of -> ClusterView.look(of, SlotTable.EMPTY)));
        }
        return table;
    }

    private Future<Marking> cluster(SlotTable table) {
        Future<List<@Nullable List<String>>> looked = Future.succeededFuture(new ArrayList<>());
        for (Endpoint master : table.masters()) {
            List<String> keys =
                    table.unmarked(master).stream().map(RegionMarker::key).toList();
            looked = looked.compose(all -> with(settings, master, of -> missing(of, keys, 0, new ArrayList<>()))
                    .map(missing -> {
                        all.add(missing);
                        return all;
                    }));
        }
        return looked.compose(all -> {
            if (all.contains(null)) {
                return Future.succeededFuture(Marking.FOREIGN);
            }
            Future<Marking> marked = Future.succeededFuture(Marking.STOOD);
            for (int i = 0; i < all.size(); i++) {
                Endpoint master = table.masters().get(i);
                List<String> missing = all.get(i);
                marked = marked.compose(before ->
                        with(settings, master, of -> set(of, missing)).map(now -> now == Marking.STOOD ? before : now));
            }
            return marked;
        });
    }

    /** Those of the keys that do not hold the region's mark, null if one holds another that is not to be replaced. */
    private Future<@Nullable List<String>> missing(Inquiry of, List<String> keys, int from, List<String> found) {
        if (from >= keys.size()) {
            return Future.succeededFuture(found);
        }
        List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
        return of.ask(some.stream().map(marker::question).toList()).compose(answers -> {
            for (int i = 0; i < some.size(); i++) {
                Response answer = answers.get(i);
                if (marker.judge(answer) != LinkTarget.Verdict.RIGHT) {
                    if (answer != null && !overwrite) {
                        return Future.succeededFuture(null);
                    }
                    found.add(some.get(i));
                }
            }
            return missing(of, keys, from + some.size(), found);
        });
    }

    private Future<Marking> set(Inquiry of, @Nullable List<String> keys) {
        if (keys == null) {
            return Future.succeededFuture(Marking.FOREIGN);
        }
        if (keys.isEmpty()) {
            return Future.succeededFuture(Marking.STOOD);
        }
        List<String> some = keys.subList(0, Math.min(keys.size(), AT_ONCE));
        List<Request> requests = new ArrayList<>(some.size());
        for (String key : some) {
            Request set = Request.cmd(Command.SET).arg(key).arg(marker.value());
            requests.add(overwrite ? set : set.arg("NX"));
        }
        return of.ask(requests).compose(done -> {
            List<String> lost = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                if (done.get(i) == null) {
                    lost.add(some.get(i));
                }
            }
            return missing(of, lost, 0, new ArrayList<>())
                    .compose(missing ->
                            setBehind(of, missing, keys.subList(some.size(), keys.size()), lost.size() < some.size()));
        });
    }

    /**
     * Where somebody else has marked it meanwhile, that stands; it may be the same mark, set by somebody who was asked to as well.
     *
     * @param lost where another has set a mark first, and it is gone again; null if it is a foreign one
     * @param any whether some of those before were set by us
     */
    private Future<Marking> setBehind(Inquiry of, @Nullable List<String> lost, List<String> rest, boolean any) {
        if (lost == null) {
            return Future.succeededFuture(Marking.FOREIGN);
        }
        if (!lost.isEmpty()) {
            return Future.failedFuture(CHANGING);
        }
        return set(of, rest).map(then -> then == Marking.STOOD && any ? Marking.MARKED : then);
    }

    private <T> Future<T> with(RedisSettings patience, Endpoint node, Function<Inquiry, Future<T>> work) {
        return Inquiry.open(vertx, patience, node).compose(of -> work.apply(of).onComplete(ignored -> of.close()));
    }
}
