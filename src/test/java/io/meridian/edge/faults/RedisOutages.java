package io.meridian.edge.faults;

import io.meridian.edge.testing.PlainRedis;
import java.io.UncheckedIOException;
import java.util.List;

/** Redis answers nobody for a while: it is loading, busy, paused, stopped or dead. */
final class RedisOutages {
    private RedisOutages() {}

    /** Sends a command whose answer comes late or never, and does not wait for it. */
    private static void begin(Site site, Object... command) {
        Thread thread = new Thread(
                () -> {
                    try {
                        site.redis().call(command);
                    } catch (PlainRedis.RedisError | UncheckedIOException e) {
                        // A script that was killed, a connection that went with its Redis.
                    }
                },
                "redis-outage");
        thread.setDaemon(true);
        thread.start();
    }

    /** True if Redis answers a PING, whatever it answers. */
    private static boolean answers(Site site, String answer) {
        try {
            site.redis().call("PING");
            return answer.equals("PONG");
        } catch (PlainRedis.RedisError e) {
            return e.getMessage().startsWith(answer);
        }
    }

    /** It reads its data from disk, and says so to whoever asks. */
    static final class Loading implements Fault {
        /** It looks up from loading every two megabytes, so there has to be something to load. */
        private static final int FILLERS = 20;

        private static final String FILLER = "filler:";

        @Override
        public void inject(Site site) {
            try (PlainRedis redis = site.redis().connect()) {
                for (int i = 0; i < FILLERS; i++) {
                    redis.call("SETRANGE", FILLER + i, Integer.toString(1 << 20), "x");
                }
                long keys = (Long) redis.call("DBSIZE");
                redis.call("CONFIG", "SET", "key-load-delay", Long.toString(1000L * site.outageMillis() / keys + 1));
            }
            begin(site, "DEBUG", "RELOAD");
            Await.until("Redis to load", () -> answers(site, "LOADING"));
        }

        @Override
        public void heal(Site site) {
            Await.until("Redis to have loaded", () -> answers(site, "PONG"));
            site.redis().call("CONFIG", "SET", "key-load-delay", "0");
            for (int i = 0; i < FILLERS; i++) {
                site.redis().call("DEL", FILLER + i);
            }
        }
    }

    /** A script that never ends keeps everybody waiting, and then gets them an error. */
    static final class Busy implements Fault {
        @Override
        public void inject(Site site) {
            site.redis().call("CONFIG", "SET", "lua-time-limit", "20");
            begin(site, "EVAL", "while true do end", "0");
            Await.until("a script that is busy", () -> answers(site, "BUSY"));
        }

        @Override
        public void heal(Site site) {
            site.redis().call("SCRIPT", "KILL");
            Await.until("the script to end", () -> answers(site, "PONG"));
        }
    }

    /** It takes commands and answers none until a time is over. */
    static final class Paused implements Fault {
        @Override
        public void inject(Site site) {
            site.redis().call("CLIENT", "PAUSE", Integer.toString(site.outageMillis()));
        }

        @Override
        public void heal(Site site) {
            Await.until("the end of the pause", () -> answers(site, "PONG"));
        }
    }

    /** It does nothing at all until a time is over. */
    static final class Asleep implements Fault {
        @Override
        public void inject(Site site) {
            begin(site, "DEBUG", "SLEEP", Double.toString(site.outageMillis() / 1000.0));
        }

        @Override
        public void heal(Site site) {
            Await.until("Redis to wake", () -> answers(site, "PONG"));
        }
    }

    /** The process is stopped: the kernel still takes connections and bytes for it. */
    static final class Stopped implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            site.redis().freeze();
        }

        @Override
        public void heal(Site site) throws Exception {
            site.redis().thaw();
        }
    }

    /** The process dies, and is started again with what it had on disk. */
    static final class Killed implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            site.redis().kill();
        }

        @Override
        public void heal(Site site) throws Exception {
            site.redis().start();
        }
    }

    /** The process dies and another takes its place that has nothing; in the end it comes back with its data. */
    static final class Emptied implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            site.redis().kill();
            site.redis().forget();
            site.redis().start();
        }

        @Override
        public void heal(Site site) throws Exception {
            try (PlainRedis redis = site.redis().connect()) {
                List<String> keys = redis.keys();
                if (!keys.isEmpty()) {
                    throw new AssertionError("something was written to a Redis without the mark: " + keys);
                }
            }
            site.redis().kill();
            site.redis().remember();
            site.redis().start();
        }
    }
}
