package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.adapter.redis.RegionMarker.Marking;
import io.meridian.edge.testing.PlainRedis;
import io.meridian.edge.testing.RedisProcess;
import io.meridian.edge.testing.TcpProxy;
import io.meridian.edge.testing.TestCertificates;
import io.meridian.edge.testing.WireProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of marking, against real Redis processes. */
@Timeout(120)
class RegionMarkingTest {
    private static final byte[] MARK = RedisInstance.MARKER.value();

    @TempDir
    private Path folder;

    private static RedisSettings settings(String url) {
        return RedisSettings.of(url);
    }

    private static String refusal(RedisSettings settings) {
        AssertionError failed = assertThrows(AssertionError.class, () -> RedisInstance.mark(settings));
        ExecutionException ended = assertInstanceOf(ExecutionException.class, failed.getCause());
        return assertInstanceOf(MarkingException.class, ended.getCause()).getMessage();
    }

    @Test
    void whyItCannotBeMarkedIsSaid() {
        int port = RedisProcess.freePort();
        String url = "redis://127.0.0.1:" + port;
        assertEquals("Redis cannot be reached (AnnotatedConnectException)", refusal(settings(url)));
        try (RedisProcess redis = RedisProcess.plain(port, "--requirepass", "secret")) {
            assertEquals(port, redis.port());
            assertEquals("Redis does not accept the user or the password (NOAUTH)", refusal(settings(url)));
            assertEquals(
                    "Redis does not accept the user or the password (WRONGPASS)",
                    refusal(settings("redis://:guess@127.0.0.1:" + port)));
        }
        try (RedisProcess replica = RedisProcess.plain(port, "--replicaof", "127.0.0.1", "1")) {
            assertEquals(port, replica.port());
            assertEquals("this Redis is a replica, which takes no changes (READONLY)", refusal(settings(url)));
        }
        try (RedisProcess redis = RedisProcess.plain(port, "--user", "default", "on", "nopass", "~*", "+get")) {
            assertEquals(port, redis.port());
            assertEquals("Redis does not allow its user what is needed (NOPERM)", refusal(settings(url)));
        }
    }

    @Test
    void aCertificateNobodyVouchesForIsNamed() throws IOException {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")));
        certificates.issue("here", "ip:127.0.0.1");
        int port = RedisProcess.freePort();
        try (RedisProcess redis = new RedisProcess(port, "--tls-port", certificates.redisArguments("here"))) {
            assertEquals(port, redis.port());
            assertEquals(
                    "no TLS connection can be made: the certificate is of another host or authority, or there is no TLS"
                            + " (SSLHandshakeException)",
                    refusal(settings("rediss://127.0.0.1:" + port)));
        }
    }

    /** Marks over a connection on which somebody else sets a mark just before ours arrives. */
    private static Marking beaten(int port, byte[] mark) {
        TcpProxy.Conduct late = new TcpProxy.Conduct() {
            @Override
            public void request(TcpProxy.Line line, byte[] bytes) throws IOException {
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains("\r\nNX\r\n")) {
                    try (PlainRedis other = new PlainRedis(port)) {
                        other.call("SET", RegionMarker.KEY, mark);
                    }
                }
                line.toServer(bytes);
            }
        };
        try (TcpProxy proxy = new TcpProxy(port, late)) {
            return RedisInstance.mark(settings("redis://127.0.0.1:" + proxy.port()));
        }
    }

    @Test
    void whoeverMarksItFirstIsJudgedByTheMark() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                PlainRedis plain = new PlainRedis(redis.port())) {
            assertEquals(Marking.STOOD, beaten(redis.port(), MARK));
            plain.call("DEL", RegionMarker.KEY);
            byte[] foreign = "1|elsewhere|x".getBytes(StandardCharsets.UTF_8);
            assertEquals(Marking.FOREIGN, beaten(redis.port(), foreign));
            assertArrayEquals(foreign, plain.get(RegionMarker.KEY));
        }
    }

    @Test
    void aSentinelThatHangsOrKnowsNothingIsPassedOver() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                WireProxy hanging = new WireProxy(redis.port());
                WireProxy unknowing = new WireProxy(redis.port());
                WireProxy knowing = new WireProxy(redis.port())) {
            hanging.blackHole(true);
            unknowing.instead("SENTINEL", "*-1\r\n");
            assertEquals(SentinelView.UNKNOWN, refusal(sentinels(unknowing.url())));
            String port = Integer.toString(redis.port());
            knowing.instead("SENTINEL", "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n");
            String all = hanging.url() + "," + unknowing.url() + "," + knowing.url();
            assertEquals(Marking.MARKED, RedisInstance.mark(sentinels(all)));
        }
    }

    private static RedisSettings sentinels(String urls) {
        return RedisSettings.of(new RedisGiven(
                urls, "sentinel", Optional.of("profiles"), Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
