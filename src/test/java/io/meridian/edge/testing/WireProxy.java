package io.meridian.edge.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and Redis: records every command, and can delay or swallow answers, tear connections or refuse new ones.
 *
 * <p>Commands are recorded as {@link RespCommands} tells them.
 */
public final class WireProxy implements AutoCloseable {
    private final TcpProxy proxy;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> instead = new ConcurrentHashMap<>();
    private volatile int delayMillis;
    private volatile boolean blackHole;
    private volatile boolean refusing;

    /** @param target port of a Redis on the loopback interface */
    public WireProxy(int target) {
        proxy = new TcpProxy(target, new Recording());
    }

    /** The URL under which the client is to see Redis. */
    public String url() {
        return "redis://127.0.0.1:" + proxy.port();
    }

    /** All commands so far, handshake and checks of the region's mark included. */
    public List<String> commands() {
        return commands;
    }

    /** The commands so far that name a subject's keys: those have braces. */
    public List<String> subjectCommands() {
        return commands.stream()
                .filter(command -> command.contains("{") && !command.startsWith("SCRIPT"))
                .toList();
    }

    /** Each answer waits so long. */
    public void delay(int millis) {
        delayMillis = millis;
    }

    /** Answers vanish; connections stand. */
    public void blackHole(boolean on) {
        blackHole = on;
    }

    /** From now on a command with this name that comes alone does not reach Redis and is answered so. */
    public void instead(String command, String reply) {
        instead.put(command, reply.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** New connections are torn at once. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** Tears all connections with a TCP reset. */
    public void reset() {
        proxy.reset();
    }

    @Override
    public void close() {
        proxy.close();
    }

    private final class Recording implements TcpProxy.Conduct {
        private final Map<TcpProxy.Line, RespCommands> senders = new ConcurrentHashMap<>();

        @Override
        public boolean accepts() {
            return !refusing;
        }

        @Override
        public void request(TcpProxy.Line line, byte[] bytes) throws IOException {
            // Recorded before it is passed on: whoever sees the answer finds the command.
            List<String> sent =
                    senders.computeIfAbsent(line, ignored -> new RespCommands()).add(bytes);
            commands.addAll(sent);
            byte[] reply = sent.size() == 1 ? instead.get(sent.get(0).split(" ", 2)[0]) : null;
            if (reply == null) {
                line.toServer(bytes);
            } else {
                line.toCaller(reply);
            }
        }

        @Override
        public int delayMillis() {
            return delayMillis;
        }

        @Override
        public void answer(TcpProxy.Line line, byte[] bytes) throws IOException {
            if (!blackHole) {
                line.toCaller(bytes);
            }
        }

        @Override
        public void ended(TcpProxy.Line line) {
            senders.remove(line);
            line.reset();
        }
    }
}
