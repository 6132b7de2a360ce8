package io.meridian.edge.adapter.redis;

import io.meridian.edge.adapter.redis.RegionMarker.Marking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
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

    private final Vertx vertx;
    private final RedisSettings settings;
    private final RegionMarker marker;
    private final boolean overwrite;

    RegionMarking(Vertx vertx, RedisSettings settings, RegionMarker marker, boolean overwrite) {
        this.vertx = vertx;
        this.settings = settings.patient(STEP_MILLIS);
        this.marker = marker;
        this.overwrite = overwrite;
    }

    Future<Marking> run() {
        List<Endpoint> seeds = settings.access().seeds();
        return switch (settings.access().topology()) {
            case STANDALONE -> single(seeds.get(0));
            case SENTINEL -> SentinelView.find(vertx, settings).compose(this::single);
            case CLUSTER -> table(seeds).compose(this::cluster);
        };
    }

    private Future<Marking> single(Endpoint node) {
        List<String> keys = List.of(RegionMarker.KEY);
        return with(node, of -> missing(of, keys, 0, new ArrayList<>()).compose(missing -> set(of, missing)));
    }

    private Future<SlotTable> table(List<Endpoint> seeds) {
        Future<SlotTable> table = Future.failedFuture("no node");
        for (Endpoint seed : seeds) {
            table = table.recover(ignored -> with(seed, of -> ClusterView.look(of, SlotTable.EMPTY)));
        }
        return table;
    }

    private Future<Marking> cluster(SlotTable table) {
        Future<List<@Nullable List<String>>> looked = Future.succeededFuture(new ArrayList<>());
        for (Endpoint master : table.masters()) {
            List<String> keys =
                    table.unmarked(master).stream().map(RegionMarker::key).toList();
            looked = looked.compose(all -> with(master, of -> missing(of, keys, 0, new ArrayList<>()))
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
                marked = marked.compose(
                        before -> with(master, of -> set(of, missing)).map(now -> now == Marking.STOOD ? before : now));
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
        // Where somebody else has marked it meanwhile, that stands.
        return of.ask(requests)
                .compose(done -> done.contains(null)
                        ? Future.succeededFuture(Marking.FOREIGN)
                        : set(of, keys.subList(some.size(), keys.size()))
                                .map(rest -> rest == Marking.STOOD ? Marking.MARKED : rest));
    }

    private <T> Future<T> with(Endpoint node, java.util.function.Function<Inquiry, Future<T>> work) {
        return Inquiry.open(vertx, settings, node).compose(of -> work.apply(of).onComplete(ignored -> of.close()));
    }
}
