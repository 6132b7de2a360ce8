package io.meridian.edge.faults;

import static io.meridian.edge.faults.FaultKind.GARBLED;
import static io.meridian.edge.faults.FaultKind.UNREAD;
import static io.meridian.edge.faults.FaultKind.ofStore;

import io.meridian.edge.testing.RespCommands;
import io.meridian.edge.testing.TcpProxy.Conduct;
import io.meridian.edge.testing.TcpProxy.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** What comes back from Redis breaks off, or is not what was asked for. */
final class ReplyFaults {
    private static final int BLOCK = 1 << 16;
    private static final int OVERSIZE = 4 << 20;

    private ReplyFaults() {}

    static List<FaultKind> all() {
        return List.of(
                ofStore("close-mid-reply", UNREAD, conducted(site -> new CutOff())),
                ofStore("garbage-reply", GARBLED, conducted(site -> instead(random -> garbage(random), site))),
                ofStore("wrong-type-reply", GARBLED, conducted(site -> instead(ReplyFaults::wrongType, site))),
                ofStore("oversized-reply", GARBLED, conducted(site -> new Oversized())),
                ofStore("endless-array-reply", GARBLED, conducted(site -> new EndlessArray())));
    }

    private interface Making {
        Conduct conduct(Site site);
    }

    private interface Reply {
        byte[] to(SplittableRandom random);
    }

    /** After it no connection is what it was: all are torn. */
    private static Fault conducted(Making making) {
        return new Fault() {
            @Override
            public void inject(Site site) {
                site.wire().conduct(making.conduct(site));
            }

            @Override
            public void heal(Site site) {
                site.wire().conduct(Conduct.FAITHFUL);
                site.wire().reset();
            }
        };
    }

    /** Answers every command with something else; Redis does not see it. */
    private static Conduct instead(Reply reply, Site site) {
        SplittableRandom random = site.random();
        Map<Line, RespCommands> senders = new ConcurrentHashMap<>();
        return new Conduct() {
            @Override
            public void request(Line line, byte[] bytes) throws IOException {
                RespCommands sender = senders.computeIfAbsent(line, ignored -> new RespCommands());
                int commands;
                try {
                    commands = sender.add(bytes).size();
                } catch (IllegalStateException begunAmidst) {
                    line.reset();
                    return;
                }
                for (int left = commands; left > 0; left--) {
                    byte[] answer;
                    synchronized (random) {
                        answer = reply.to(random);
                    }
                    line.toCaller(answer);
                }
            }
        };
    }

    private static byte[] garbage(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Well-formed, and never what a read or a write of ours gets. */
    private static byte[] wrongType(SplittableRandom random) {
        String[] replies = {
            "+OK\r\n",
            ":42\r\n",
            "$-1\r\n",
            "*-1\r\n",
            "*0\r\n",
            "$5\r\nhello\r\n",
            "*2\r\n*1\r\n:1\r\n+no\r\n",
            "-ERR odd\r\n"
        };
        return replies[random.nextInt(replies.length)].getBytes(StandardCharsets.US_ASCII);
    }

    /** A part of an answer, then the end. */
    private static final class CutOff implements Conduct {
        @Override
        public void answer(Line line, byte[] bytes) throws IOException {
            line.toCaller(Arrays.copyOf(bytes, bytes.length / 2));
            line.close();
        }
    }

    /** A value of megabytes, and no end of it in sight while commands come. */
    private static final class Oversized implements Conduct {
        @Override
        public void request(Line line, byte[] bytes) throws IOException {
            line.toCaller(("$" + OVERSIZE + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[BLOCK];
            for (int sent = 0; sent < OVERSIZE; sent += BLOCK) {
                line.toCaller(block);
            }
        }
    }

    /** A list that is said to have a million elements, and begins. */
    private static final class EndlessArray implements Conduct {
        @Override
        public void request(Line line, byte[] bytes) throws IOException {
            line.toCaller("*1000000\r\n$1\r\na\r\n:1\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
