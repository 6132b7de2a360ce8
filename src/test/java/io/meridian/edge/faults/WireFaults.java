package io.meridian.edge.faults;

import static io.meridian.edge.faults.FaultKind.UNREAD;
import static io.meridian.edge.faults.FaultKind.ofStore;

import io.meridian.edge.testing.TcpProxy;
import io.meridian.edge.testing.TcpProxy.Conduct;
import io.meridian.edge.testing.TcpProxy.Line;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Between the service and Redis the wire is slow, silent or cut. */
final class WireFaults {
    /** Within the callers' patience. */
    private static final int LATENCY_MILLIS = 60;

    /** Some within, some beyond it. */
    private static final int JITTER_MILLIS = 600;

    private static final int SLOW_ACCEPT_MILLIS = 700;

    private static final int DRIP_BYTES = 16;
    private static final int DRIP_MILLIS = 20;

    private WireFaults() {}

    static List<FaultKind> all() {
        return List.of(
                ofStore("latency", UNREAD, conduct(site -> latency(() -> LATENCY_MILLIS))),
                ofStore("jitter", UNREAD, conduct(site -> jitter(site.random()))),
                ofStore("black-hole", UNREAD, new BlackHole()),
                ofStore("reset", UNREAD, new Resets()),
                ofStore("byte-split", UNREAD, new Drip(1, 0)),
                ofStore("slow-drip", UNREAD, new Drip(DRIP_BYTES, DRIP_MILLIS)),
                ofStore("half-open", UNREAD, new HalfOpen()),
                ofStore("slow-accept", UNREAD, new SlowAccept()),
                ofStore("refused", UNREAD, new Refused()));
    }

    private interface Making {
        Conduct conduct(Site site);
    }

    private interface Delay {
        int millis();
    }

    /** A conduct that lasts, over connections that stand. */
    private static Fault conduct(Making making) {
        return new Fault() {
            @Override
            public void inject(Site site) {
                site.wire().conduct(making.conduct(site));
            }

            @Override
            public void heal(Site site) {
                site.wire().conduct(Conduct.FAITHFUL);
            }
        };
    }

    private static Conduct latency(Delay delay) {
        return new Conduct() {
            @Override
            public int delayMillis() {
                return delay.millis();
            }
        };
    }

    private static Conduct jitter(SplittableRandom random) {
        return latency(() -> {
            synchronized (random) {
                // Mostly a little, now and then a lot.
                double part = random.nextDouble();
                return (int) (JITTER_MILLIS * part * part * part);
            }
        });
    }

    /** Both directions come in pieces, each so many milliseconds after the one before. */
    private static final class Drip implements Fault {
        private final int bytes;
        private final int pauseMillis;
        private volatile boolean on;

        Drip(int bytes, int pauseMillis) {
            this.bytes = bytes;
            this.pauseMillis = pauseMillis;
        }

        private interface Side {
            void take(byte[] piece) throws IOException;
        }

        @Override
        public void inject(Site site) {
            on = true;
            site.wire().conduct(new Conduct() {
                @Override
                public void request(Line line, byte[] bytes) throws IOException, InterruptedException {
                    inPieces(bytes, line::toServer);
                }

                @Override
                public void answer(Line line, byte[] bytes) throws IOException, InterruptedException {
                    inPieces(bytes, line::toCaller);
                }
            });
        }

        private void inPieces(byte[] whole, Side side) throws IOException, InterruptedException {
            for (int from = 0; from < whole.length; from += bytes) {
                side.take(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + bytes)));
                if (on) {
                    TimeUnit.MILLISECONDS.sleep(pauseMillis);
                }
            }
        }

        @Override
        public void heal(Site site) {
            // What has piled up passes at once.
            on = false;
            site.wire().conduct(Conduct.FAITHFUL);
        }
    }

    /** Nothing passes, in either direction, and nobody is told; as when packets are lost, all of it arrives in the end. */
    private static final class BlackHole implements Fault {
        private CountDownLatch over = new CountDownLatch(0);

        @Override
        public void inject(Site site) {
            CountDownLatch end = new CountDownLatch(1);
            over = end;
            site.wire().conduct(new Conduct() {
                @Override
                public boolean accepts() throws InterruptedException {
                    end.await();
                    return true;
                }

                @Override
                public void request(Line line, byte[] bytes) throws IOException, InterruptedException {
                    end.await();
                    line.toServer(bytes);
                }

                @Override
                public void answer(Line line, byte[] bytes) throws IOException, InterruptedException {
                    end.await();
                    line.toCaller(bytes);
                }
            });
        }

        @Override
        public void heal(Site site) {
            site.wire().conduct(Conduct.FAITHFUL);
            over.countDown();
        }
    }

    /** Every connection is torn, and each new one as soon as it says something. */
    private static final class Resets implements Fault {
        @Override
        public void inject(Site site) {
            site.wire().conduct(new Conduct() {
                @Override
                public void request(Line line, byte[] bytes) {
                    line.reset();
                }
            });
            site.wire().reset();
        }

        @Override
        public void heal(Site site) {
            site.wire().conduct(Conduct.FAITHFUL);
        }
    }

    /** The connections that stand have lost their other end, and no one is told. New ones are fine. */
    private static final class HalfOpen implements Fault {
        @Override
        public void inject(Site site) {
            List<Line> lost = site.wire().lines();
            site.wire().conduct(new Conduct() {
                @Override
                public void request(Line line, byte[] bytes) throws IOException {
                    if (!lost.contains(line)) {
                        line.toServer(bytes);
                    }
                }

                @Override
                public void ended(Line line) {
                    if (!lost.contains(line)) {
                        line.close();
                    }
                }
            });
            lost.forEach(Line::abandon);
        }

        @Override
        public void heal(Site site) {
            // A host that is back knows nothing of old connections and says so.
            site.wire().conduct(Conduct.FAITHFUL);
            site.wire().lines().forEach(Line::resetIfAbandoned);
        }
    }

    /** Connections are torn, and new ones take their time. */
    private static final class SlowAccept implements Fault {
        @Override
        public void inject(Site site) {
            site.wire().conduct(new Conduct() {
                @Override
                public boolean accepts() throws InterruptedException {
                    TimeUnit.MILLISECONDS.sleep(SLOW_ACCEPT_MILLIS);
                    return true;
                }
            });
            site.wire().reset();
        }

        @Override
        public void heal(Site site) {
            site.wire().conduct(Conduct.FAITHFUL);
        }
    }

    /** Nobody listens. */
    private static final class Refused implements Fault {
        @Override
        public void inject(Site site) {
            TcpProxy wire = site.wire();
            wire.deafen();
            wire.reset();
        }

        @Override
        public void heal(Site site) {
            site.wire().listenAgain();
        }
    }
}
