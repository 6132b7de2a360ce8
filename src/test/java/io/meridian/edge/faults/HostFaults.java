package io.meridian.edge.faults;

import static io.meridian.edge.faults.FaultKind.unseen;

import io.meridian.edge.testing.TcpProxy.Conduct;
import io.meridian.edge.testing.TcpProxy.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The host of the bundles is slow, broken, or tells stories. What is active goes on deciding. */
final class HostFaults {
    private static final int DRIP_BYTES = 64;
    private static final int DRIP_MILLIS = 50;

    private HostFaults() {}

    static List<FaultKind> all() {
        return List.of(
                unseen("host-slow", new Slow()),
                unseen("host-hangs", new Hanging()),
                unseen("host-refuses", new Refusing()),
                unseen("host-truncates", manner((exchange, bundle) -> {
                    exchange.sendResponseHeaders(200, bundle.length);
                    exchange.getResponseBody().write(bundle, 0, bundle.length / 2);
                })),
                unseen("host-cuts-archive", manner((exchange, bundle) -> {
                    byte[] half = Arrays.copyOf(bundle, bundle.length / 2);
                    BundleHost.PLAIN.answer(exchange, half);
                })),
                unseen("host-flips-bits", manner((exchange, bundle) -> {
                    byte[] flipped = bundle.clone();
                    flipped[flipped.length / 2] ^= 0x10;
                    BundleHost.PLAIN.answer(exchange, flipped);
                })),
                unseen("host-fails", manner((exchange, bundle) -> exchange.sendResponseHeaders(500, -1))),
                unseen("bundle-vanished", manner((exchange, bundle) -> exchange.sendResponseHeaders(404, -1))),
                unseen(
                        "host-tells-stories",
                        manner((exchange, bundle) -> BundleHost.PLAIN.answer(
                                exchange, "<html>It works!</html>".getBytes(StandardCharsets.US_ASCII)))),
                unseen("host-redirects", manner((exchange, bundle) -> {
                    exchange.getResponseHeaders()
                            .add("Location", exchange.getRequestURI().toString());
                    exchange.sendResponseHeaders(302, -1);
                })),
                unseen("host-never-ends", manner((exchange, bundle) -> BundleHost.endless(exchange))));
    }

    private static Fault manner(BundleHost.Manner manner) {
        return new Fault() {
            @Override
            public void inject(Site site) {
                site.host().manner(manner);
            }

            @Override
            public void heal(Site site) {
                site.host().manner(BundleHost.PLAIN);
            }
        };
    }

    /** It answers, so slowly that no one waits for the end. */
    private static final class Slow implements Fault {
        @Override
        public void inject(Site site) {
            site.host().proxy().conduct(new Conduct() {
                @Override
                public void answer(Line line, byte[] bytes) throws IOException, InterruptedException {
                    for (int from = 0; from < bytes.length; from += DRIP_BYTES) {
                        line.toCaller(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + DRIP_BYTES)));
                        TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
                    }
                }
            });
        }

        @Override
        public void heal(Site site) {
            site.host().proxy().conduct(Conduct.FAITHFUL);
            site.host().proxy().reset();
        }
    }

    /** It takes the question and says nothing. */
    private static final class Hanging implements Fault {
        private CountDownLatch over = new CountDownLatch(0);

        @Override
        public void inject(Site site) {
            CountDownLatch end = new CountDownLatch(1);
            over = end;
            site.host().manner((exchange, bundle) -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        }

        @Override
        public void heal(Site site) {
            site.host().manner(BundleHost.PLAIN);
            over.countDown();
        }
    }

    /** Nobody listens. */
    private static final class Refusing implements Fault {
        @Override
        public void inject(Site site) {
            site.host().proxy().deafen();
            site.host().proxy().reset();
        }

        @Override
        public void heal(Site site) {
            site.host().proxy().listenAgain();
        }
    }
}
