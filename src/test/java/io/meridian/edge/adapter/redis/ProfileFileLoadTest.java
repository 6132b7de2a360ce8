package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileLoadTest extends OnMarkedRedis {
    @TempDir
    Path folder;

    private ProfileLoader loader() {
        return new ProfileLoader(
                redis.vertx,
                RedisSettings.of(redis.server.url()),
                redis.marker,
                redis.pseudonymiser,
                redis.contract,
                new RedisCounters());
    }

    private ProfileFileLoad.Report load(Path file) throws Exception {
        try (ProfileLoader loader = loader()) {
            return new ProfileFileLoad(file, loader, redis.contract, report -> {}).run(false);
        }
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("profiles.ndjson"), List.of(lines));
    }

    private boolean has(String id, DataClass dataClass) {
        byte[] prefix = redis.pseudonymiser.prefix(new SubjectId("customer", id));
        return redis.plain.get(Pseudonymiser.classKey(prefix, dataClass.ordinal())) != null;
    }

    @Test
    void badLinesAreNamedAndKeptAsideAndTheOthersLoaded() throws Exception {
        String huge = "{\"ns\":\"customer\",\"id\":\"c-9\",\"profile\":{\"tier\":\"" + "x".repeat(70_000) + "\"}}";
        Path file = write(
                "{\"ns\":\"customer\",\"id\":\"c-1\",\"profile\":{\"tier\":\"gold\",\"spend_90d\":7}}",
                "{\"ns\":\"customer\",\"id\":\"c-2\",\"profile\":{\"tier\":\"brass\",\"orders_90d\":\"x\",\"shoe\":1}}",
                "not json: secret",
                "",
                "{\"ns\":\"nobody\",\"id\":\"c-3\",\"profile\":{}}",
                "{\"ns\":\"customer\",\"id\":\"c-4\",\"id\":\"c-5\",\"profile\":{}}",
                huge,
                "{\"ns\":\"customer\",\"id\":\"c-6\",\"profile\":{\"sessions_7d\":3}}");
        ProfileFileLoad.Report report = load(file);
        assertEquals(2, report.tally().loaded());
        assertEquals(5, report.rejectedCount());
        assertEquals(
                List.of(2L, 3L, 5L, 6L, 7L),
                report.rejected().stream().map(ProfileFileLoad.Rejected::line).toList());
        assertEquals(
                "/profile/orders_90d: must be a whole number; /profile/shoe: unknown attribute; "
                        + "/profile/tier: must be one of none, bronze, silver, gold, platinum",
                report.rejected().get(0).reason());
        assertFalse(report.rejected().toString().contains("secret"));
        List<String> aside = Files.readAllLines(folder.resolve("profiles.ndjson.rejected.ndjson"));
        assertEquals(4, aside.size());
        assertEquals("not json: secret", aside.get(1));
        assertTrue(has("c-1", DataClass.TRANSACTION) && has("c-6", DataClass.BEHAVIOUR));
        assertFalse(Files.exists(folder.resolve("profiles.ndjson.progress")));
    }

    @Test
    void erasedSubjectsStayErasedAndClosedClassesClosedAndNewerConsentStands() throws Exception {
        SubjectId erased = new SubjectId("customer", "c-1");
        SubjectId closed = new SubjectId("customer", "c-2");
        get(redis.writer.erase(erased, 5, 1000));
        StoredConsent refusal = new StoredConsent(0, 0, Purpose.SELECT_CONTENT.bit(), 2_000_000_000_000L, false);
        get(redis.writer.storeConsent(closed, refusal, DataClass.TRANSACTION.bit()));
        String consent = "\"consent\":{\"given\":[\"SELECT_CONTENT\"],\"updatedAt\":\"2026-01-01T00:00:00Z\"}";
        String profile = "\"profile\":{\"tier\":\"gold\",\"sessions_7d\":3}";
        ProfileFileLoad.Report report = load(write(
                "{\"ns\":\"customer\",\"id\":\"c-1\"," + profile + "," + consent + "}",
                "{\"ns\":\"customer\",\"id\":\"c-2\"," + profile + "," + consent + "}",
                "{\"ns\":\"customer\",\"id\":\"c-3\"," + profile + "," + consent + "}"));
        assertEquals(new ProfileLoader.Tally(2, 1, 1, 0), report.tally());
        assertFalse(has("c-1", DataClass.TRANSACTION));
        assertFalse(has("c-2", DataClass.TRANSACTION));
        assertTrue(has("c-2", DataClass.BEHAVIOUR));
        byte[] stored = redis.plain.get(Pseudonymiser.consentKey(redis.pseudonymiser.prefix(closed)));
        assertEquals(refusal, new ProfileDecoder().consent(stored));
        byte[] fresh =
                redis.plain.get(Pseudonymiser.consentKey(redis.pseudonymiser.prefix(new SubjectId("customer", "c-3"))));
        assertEquals(
                Purpose.SELECT_CONTENT.bit(),
                new ProfileDecoder().consent(fresh).given());
    }

    @Test
    void aNewerRefusalOfEverythingTakesAwayWhatWasLoadedBefore() throws Exception {
        load(write("{\"ns\":\"customer\",\"id\":\"c-9\",\"profile\":{\"tier\":\"gold\",\"sessions_7d\":3}}"));
        assertTrue(has("c-9", DataClass.TRANSACTION) && has("c-9", DataClass.BEHAVIOUR));
        StringBuilder all = new StringBuilder();
        for (Purpose purpose : Purpose.values()) {
            all.append(all.isEmpty() ? "" : ",").append('"').append(purpose).append('"');
        }
        load(write("{\"ns\":\"customer\",\"id\":\"c-9\",\"profile\":{\"tier\":\"gold\"},\"consent\":{\"refused\":["
                + all + "],\"updatedAt\":\"2026-01-01T00:00:00Z\"}}"));
        assertFalse(has("c-9", DataClass.TRANSACTION) || has("c-9", DataClass.BEHAVIOUR));
    }

    @Test
    void anInterruptedLoadGoesOnWhereItWas() throws Exception {
        String[] lines = new String[50_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = i == 100 || i == 45_000
                    ? "bad"
                    : "{\"ns\":\"customer\",\"id\":\"c-" + i + "\",\"profile\":{\"orders_90d\":" + i + "}}";
        }
        Path file = write(lines);
        try (ProfileLoader loader = loader()) {
            ProfileFileLoad interrupted = new ProfileFileLoad(file, loader, redis.contract, report -> {
                if (report.lines() == 40_000) {
                    throw new IllegalStateException("interrupted");
                }
            });
            assertThrows(IllegalStateException.class, () -> interrupted.run(false));
        }
        assertFalse(has("c-49999", DataClass.TRANSACTION));
        ProfileFileLoad.Report report = load(file);
        assertEquals(40_000, report.resumedAt());
        assertEquals(9_999, report.tally().loaded());
        assertEquals(2, report.rejectedCount());
        assertEquals(
                2,
                Files.readAllLines(folder.resolve("profiles.ndjson.rejected.ndjson"))
                        .size());
        assertEquals(49_998, redis.plain.keys().size() - 1);
    }

    @Test
    void theLastLineOfASubjectWinsHoweverFarApartItsLinesAre() throws Exception {
        SubjectId subject = new SubjectId("customer", "c-0");
        byte[] key = Pseudonymiser.classKey(redis.pseudonymiser.prefix(subject), DataClass.TRANSACTION.ordinal());
        String[] lines = new String[5_000];
        for (int i = 0; i < lines.length; i++) {
            // Long lines and short ones, so that chunks take different times to parse.
            String id = i % 3 == 0 ? "c-0" : "c-" + i + "x".repeat(i / 500 % 2 * 200);
            lines[i] = "{\"ns\":\"customer\",\"id\":\"" + id + "\",\"profile\":{\"orders_90d\":" + i + "}}";
        }
        assertEquals(5_000, load(write(lines)).tally().loaded());
        byte[] last = redis.encoder.encode(DataClass.TRANSACTION, Map.of("orders_90d", 4_998L));
        assertArrayEquals(last, redis.plain.get(key));
    }

    @Test
    void anUnmarkedRedisIsNotLoaded() throws Exception {
        redis.plain.call("DEL", RegionMarker.KEY);
        try {
            Path file = write("{\"ns\":\"customer\",\"id\":\"c-1\",\"profile\":{\"tier\":\"gold\"}}");
            ProfileLoader.LoadFailed failed = assertThrows(ProfileLoader.LoadFailed.class, () -> load(file));
            assertTrue(failed.getMessage().contains("mark-region"));
            assertEquals(0, redis.plain.keys().size());
        } finally {
            redis.mark();
        }
    }
}
