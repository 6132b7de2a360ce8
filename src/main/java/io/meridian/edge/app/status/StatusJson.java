package io.meridian.edge.app.status;

import io.meridian.edge.adapter.http.wire.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status for programs. Names are only ever added. */
final class StatusJson {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final double MILLIS = 1e3;

    private StatusJson() {}

    static byte[] of(Status status) {
        JsonBytes json = new JsonBytes(4096);
        json.beginObject();
        json.name("region").value(status.region());
        json.name("version").value(status.version());
        json.name("upSince").value(status.upSince().toString());
        json.name("time").value(status.time().toString());
        writeVerdict(json, status);
        json.name("checks").beginArray();
        for (Check check : status.checks()) {
            writeCheck(json, check);
        }
        json.endArray();
        json.name("windowSeconds").value(Math.round(status.windowSeconds()));
        json.name("stages").beginArray();
        for (Status.StageTime stage : status.stages()) {
            json.beginObject();
            json.name("stage").value(stage.stage());
            json.name("perSecond").value(rounded(stage.perSecond()));
            json.name("p50Ms").value(rounded(stage.p50() * MILLIS));
            json.name("p99Ms").value(rounded(stage.p99() * MILLIS));
            json.endObject();
        }
        json.endArray();
        json.name("degraded").beginArray();
        for (Status.Degraded degraded : status.degraded()) {
            json.beginObject();
            json.name("code").value(degraded.code());
            json.name("inWindow").value(degraded.lately());
            json.name("inMinutes").value(degraded.lastMinutes());
            json.endObject();
        }
        json.endArray();
        return json.endObject().toBytes();
    }

    private static void writeVerdict(JsonBytes json, Status status) {
        Check worst = status.worst();
        json.name("verdict").beginObject();
        json.name("level").value(word(status.level()));
        json.name("says").value(status.verdict());
        json.name("check");
        text(json, worst == null ? null : worst.id());
        json.endObject();
    }

    private static void writeCheck(JsonBytes json, Check check) {
        json.beginObject();
        json.name("id").value(check.id());
        json.name("title").value(check.title());
        json.name("level").value(word(check.level()));
        json.name("findings").beginArray();
        for (Check.Finding finding : check.findings()) {
            json.beginObject();
            json.name("level").value(word(finding.level()));
            json.name("says").value(finding.says());
            json.name("runbook").value(finding.runbook());
            json.endObject();
        }
        json.endArray();
        json.name("facts").beginObject();
        for (Map.Entry<String, @Nullable Object> fact : check.facts().entrySet()) {
            json.name(fact.getKey());
            value(json, fact.getValue());
        }
        json.endObject().endObject();
    }

    private static void value(JsonBytes json, @Nullable Object value) {
        if (value instanceof Long number) {
            json.value(number);
        } else if (value instanceof Double number) {
            json.value(rounded(number));
        } else if (value instanceof Boolean truth) {
            json.value(truth);
        } else {
            text(json, (String) value);
        }
    }

    private static void text(JsonBytes json, @Nullable String text) {
        if (text == null) {
            json.raw(NULL);
        } else {
            json.value(text);
        }
    }

    /** To three places; NaN stays and is written as null. */
    private static double rounded(double value) {
        return Double.isNaN(value) ? value : Math.round(value * MILLIS) / MILLIS;
    }

    static String word(Check.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
