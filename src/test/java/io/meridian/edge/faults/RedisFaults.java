package io.meridian.edge.faults;

import static io.meridian.edge.faults.FaultKind.UNMARKED;
import static io.meridian.edge.faults.FaultKind.UNREAD;
import static io.meridian.edge.faults.FaultKind.ofStore;

import io.meridian.edge.testing.PlainRedis;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis answers errors: it may not write, may not be asked, has no room, has forgotten. */
final class RedisFaults {
    private static final String MARK = "meridian:region";

    private RedisFaults() {}

    static List<FaultKind> all() {
        return List.of(
                // A replica that lost its primary: reads go on.
                state("readonly", "REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"),
                ofStore("masterdown", UNREAD, new MasterDown()),
                ofStore("loading", UNREAD, new RedisOutages.Loading()),
                state("out-of-memory", "CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
                ofStore("noauth", UNREAD, new NoAuth()),
                state("noperm", "ACL SETUSER default -mget -get -evalsha -eval", "ACL SETUSER default +@all"),
                state("script-flush", "SCRIPT FLUSH", "PING"),
                ofStore("misconf", UNREAD, new Misconf()),
                ofStore("max-clients", UNREAD, new MaxClients()),
                ofStore("foreign-mark", UNMARKED, new Mark("SET", MARK, "1|us-east|not-ours")),
                ofStore("mark-gone", UNMARKED, new Mark("DEL", MARK)),
                ofStore("busy-script", UNREAD, new RedisOutages.Busy()),
                ofStore("client-pause", UNREAD, new RedisOutages.Paused()),
                ofStore("debug-sleep", UNREAD, new RedisOutages.Asleep()),
                ofStore("sigstop", UNREAD, new RedisOutages.Stopped()),
                ofStore("killed-with-data", UNREAD, new RedisOutages.Killed()),
                ofStore("killed-and-empty", UNMARKED, new RedisOutages.Emptied()));
    }

    /** One command breaks it and another mends it. */
    private static FaultKind state(String id, String breaking, String mending) {
        return ofStore(id, UNREAD, new Fault() {
            @Override
            public void inject(Site site) {
                site.redis().call((Object[]) breaking.split(" "));
            }

            @Override
            public void heal(Site site) {
                site.redis().call((Object[]) mending.split(" "));
            }
        });
    }

    /** A replica that lost its primary and is told not to answer with what may be old. */
    private static final class MasterDown implements Fault {
        @Override
        public void inject(Site site) {
            site.redis().call("CONFIG", "SET", "replica-serve-stale-data", "no");
            site.redis().call("REPLICAOF", "127.0.0.1", "1");
        }

        @Override
        public void heal(Site site) {
            site.redis().call("REPLICAOF", "NO", "ONE");
            site.redis().call("CONFIG", "SET", "replica-serve-stale-data", "yes");
        }
    }

    /** A password is set that the service was not given, and everybody has to connect anew. */
    private static final class NoAuth implements Fault {
        @Override
        public void inject(Site site) {
            site.redis().call("CONFIG", "SET", "requirepass", "changed");
            site.wire().reset();
        }

        @Override
        public void heal(Site site) {
            try (PlainRedis redis = site.redis().connect()) {
                redis.call("AUTH", "changed");
                redis.call("CONFIG", "SET", "requirepass", "");
            }
        }
    }

    /** A snapshot cannot be written, and Redis refuses writes until one could be. */
    private static final class Misconf implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            Files.createDirectories(site.redis().data().resolve("inTheWay"));
            site.redis().call("CONFIG", "SET", "dbfilename", "inTheWay");
            site.redis().call("CONFIG", "SET", "save", "3600 1");
            snapshot(site, "err");
        }

        @Override
        public void heal(Site site) {
            site.redis().call("CONFIG", "SET", "dbfilename", "dump.rdb");
            snapshot(site, "ok");
            site.redis().call("CONFIG", "SET", "save", "");
        }

        private static void snapshot(Site site, String result) {
            try (PlainRedis redis = site.redis().connect()) {
                Await.until(
                        "no snapshot under way",
                        () -> redis.info("rdb_bgsave_in_progress").equals("0")
                                && redis.info("aof_rewrite_in_progress").equals("0"));
                redis.call("BGSAVE");
                Await.until(
                        "a snapshot that ends with " + result,
                        () -> redis.info("rdb_last_bgsave_status").equals(result));
            }
        }
    }

    /** Others have taken all connections Redis allows; the service lost its own. */
    private static final class MaxClients implements Fault {
        private @Nullable PlainRedis held;

        @Override
        public void inject(Site site) {
            // Kept: whoever mends it has to get in.
            held = site.redis().connect();
            held.call("CONFIG", "SET", "maxclients", "1");
            site.wire().reset();
        }

        @Override
        public void heal(Site site) {
            held.call("CONFIG", "SET", "maxclients", "10000");
            held.close();
        }
    }

    /** The region's mark is gone or another's. */
    private static final class Mark implements Fault {
        private final Object[] command;
        private byte[] mark = new byte[0];

        Mark(Object... command) {
            this.command = command;
        }

        @Override
        public void inject(Site site) {
            try (PlainRedis redis = site.redis().connect()) {
                mark = redis.get(MARK);
                redis.call(command);
            }
        }

        @Override
        public void heal(Site site) {
            site.redis().call("SET", MARK, mark);
        }
    }
}
