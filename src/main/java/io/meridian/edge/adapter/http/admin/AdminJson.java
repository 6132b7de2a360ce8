package io.meridian.edge.adapter.http.admin;

import io.meridian.edge.adapter.http.BundleJson;
import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;

/** What the administration answers. */
final class AdminJson {
    /** As many problems of a configuration are told. */
    private static final int MAX_PROBLEMS = 100;

    private AdminJson() {}

    static byte[] active(Administration.Answer.Active answer, Deliveries.State state) {
        ActiveBundle.Activation activation = answer.activation();
        Bundle bundle = activation.bundle();
        JsonBytes json = new JsonBytes(512);
        json.beginObject();
        json.name("outcome").value(answer.before() ? "unchanged" : "activated");
        json.name("region").value(bundle.region().id());
        json.name("revision").value(Long.toString(bundle.revision()));
        json.name("digest").value(bundle.digest());
        json.name("content").value(state.content());
        json.name("since").value(activation.since().toString());
        return json.endObject().toBytes();
    }

    static byte[] staged(Administration.Answer.Staged answer) {
        JsonBytes json = new JsonBytes(256);
        json.beginObject();
        json.name("outcome").value("staged");
        json.name("revision").value(Long.toString(answer.revision()));
        json.name("release").value(answer.digest());
        return json.endObject().toBytes();
    }

    /** What is active and what is kept, in one object. */
    static byte[] bundle(ActiveBundle.Activation activation, Deliveries.State state, boolean operator) {
        JsonBytes json = new JsonBytes(2048);
        json.beginObject();
        json.name("active").raw(BundleJson.of(activation, state, operator));
        json.name("highestRevision").value(Long.toString(state.highestRevision()));
        json.name("kept").beginArray();
        for (Deliveries.Kept kept : state.kept()) {
            json.beginObject();
            json.name("revision").value(Long.toString(kept.revision()));
            json.name("content").value(kept.content());
            json.name("release").value(kept.digest());
            json.name("signed").value(kept.signed());
            json.endObject();
        }
        json.endArray();
        return json.endObject().toBytes();
    }

    /** A problem (RFC 9457) with everything that spoke against the bundle. */
    static byte[] problem(ProblemType type, Administration.Answer.Refused refused) {
        JsonBytes json = new JsonBytes(1024);
        json.beginObject();
        json.name("type").value(type.uri());
        json.name("title").value(type.title());
        json.name("status").value(type.status());
        json.name("detail").value(refused.detail());
        if (!refused.refusals().isEmpty()) {
            json.name("refusals").beginArray();
            refused.refusals()
                    .forEach(refusal -> json.beginObject()
                            .name("code")
                            .value(refusal.code().id())
                            .name("detail")
                            .value(refusal.detail())
                            .endObject());
            json.endArray();
        }
        if (!refused.problems().isEmpty()) {
            json.name("problems").beginArray();
            refused.problems().stream()
                    .limit(MAX_PROBLEMS)
                    .forEach(problem -> json.beginObject()
                            .name("severity")
                            .value(problem.isError() ? "error" : "warning")
                            .name("file")
                            .value(problem.file())
                            .name("line")
                            .value(problem.line())
                            .name("column")
                            .value(problem.column())
                            .name("code")
                            .value(problem.code())
                            .name("message")
                            .value(problem.message())
                            .name("advice")
                            .value(problem.advice())
                            .endObject());
            json.endArray();
        }
        return json.endObject().toBytes();
    }
}
