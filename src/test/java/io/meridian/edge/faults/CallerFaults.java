package io.meridian.edge.faults;

import static io.meridian.edge.faults.FaultKind.unseen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Some callers misbehave; the others must not notice. */
final class CallerFaults {
    /** How many such callers come a second, one after the other. */
    private static final int A_SECOND = 40;

    private static final int SLOW_CALLERS = 50;
    private static final int PIPELINED = 200;

    private CallerFaults() {}

    static List<FaultKind> all() {
        return List.of(
                unseen("hang-up-mid-body", new Crowd(CallerFaults::halfABody)),
                unseen("hang-up-mid-answer", new Crowd(CallerFaults::noPatience)),
                unseen("caller-talks-nonsense", new Crowd(CallerFaults::nonsense)),
                unseen("slow-senders", new Crowd(CallerFaults::slowly)),
                unseen("slow-readers", new Crowd(CallerFaults::neverReads)));
    }

    /** What one of them does with a connection of its own, which is torn or closed afterwards. */
    private interface Act {
        void with(Socket socket, String call, SplittableRandom random) throws IOException, InterruptedException;
    }

    private static void halfABody(Socket socket, String call, SplittableRandom random) throws IOException {
        socket.getOutputStream().write(bytes(call.substring(0, call.length() - 1 - random.nextInt(call.length() / 2))));
    }

    private static void noPatience(Socket socket, String call, SplittableRandom random) throws IOException {
        socket.getOutputStream().write(bytes(call));
        if (random.nextBoolean()) {
            socket.getInputStream().readNBytes(random.nextInt(1, 400));
        }
    }

    private static void nonsense(Socket socket, String call, SplittableRandom random) throws IOException {
        byte[] noise = new byte[random.nextInt(1, 4000)];
        random.nextBytes(noise);
        socket.getOutputStream().write(noise);
    }

    private static void slowly(Socket socket, String call, SplittableRandom random)
            throws IOException, InterruptedException {
        for (byte one : bytes(call)) {
            socket.getOutputStream().write(one);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Asks and asks, and never takes an answer. */
    private static void neverReads(Socket socket, String call, SplittableRandom random)
            throws IOException, InterruptedException {
        for (int i = 0; i < PIPELINED; i++) {
            socket.getOutputStream().write(bytes(call));
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Callers come until it is over. */
    private static final class Crowd implements Fault {
        private final Act act;
        private @Nullable Callers callers;

        Crowd(Act act) {
            this.act = act;
        }

        @Override
        public void inject(Site site) {
            callers = new Callers(site);
        }

        @Override
        public void heal(Site site) {
            callers.close();
        }

        private final class Callers {
            private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(SLOW_CALLERS, work -> {
                Thread thread = new Thread(work, "odd-caller");
                thread.setDaemon(true);
                return thread;
            });

            Callers(Site site) {
                SplittableRandom random = site.random();
                String call = site.oddCall();
                for (int i = 0; i < SLOW_CALLERS; i++) {
                    SplittableRandom own = random.split();
                    threads.scheduleAtFixedRate(
                            () -> call(site, call, own),
                            1000L * i / A_SECOND,
                            1000L * SLOW_CALLERS / A_SECOND,
                            TimeUnit.MILLISECONDS);
                }
            }

            private void call(Site site, String call, SplittableRandom random) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
                    socket.setSoTimeout(5000);
                    if (random.nextBoolean()) {
                        socket.setSoLinger(true, 0);
                    }
                    act.with(socket, call, random);
                } catch (IOException | InterruptedException e) {
                    // Thrown out, or over.
                }
            }

            void close() {
                threads.shutdownNow();
            }
        }
    }
}
