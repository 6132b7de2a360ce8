package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import java.util.List;

/** What is active and how that came about, as JSON. */
public final class BundleJson {
    private BundleJson() {}

    /**
     * The active bundle.
     *
     * @param operator true for those who run the machine: where files lie, what was refused and why is for them
     */
    public static byte[] of(ActiveBundle.Activation activation, Deliveries.State state, boolean operator) {
        Bundle bundle = activation.bundle();
        JsonBytes json = new JsonBytes(1024);
        json.beginObject();
        json.name("region").value(bundle.region().id());
        json.name("revision").value(Long.toString(bundle.revision()));
        json.name("digest").value(bundle.digest());
        json.name("content").value(state.content());
        json.name("description").value(bundle.description());
        json.name("since").value(activation.since().toString());
        json.name("freshness").value(state.stale() ? "stale" : "fresh");
        json.name("confirmed").value(state.confirmed().toString());
        json.name("ageSeconds").value(state.ageSeconds());
        json.name("signed").value(state.release() != null);
        if (state.release() != null) {
            json.name("release").beginObject();
            json.name("digest").value(state.release());
            texts(json, "authors", state.authors());
            texts(json, "approvers", state.approvers());
            json.endObject();
        }
        texts(json, "markets", bundle.markets().keySet().stream().sorted().toList());
        Deliveries.Rejected rejected = state.rejected();
        if (rejected != null) {
            json.name("rejected").beginObject();
            json.name("time").value(rejected.time().toString());
            json.name("via").value(rejected.via());
            json.name("code").value(rejected.code());
            if (operator) {
                json.name("detail").value(rejected.detail());
            }
            json.endObject();
        }
        if (operator) {
            json.name("source").value(activation.source());
            json.name("fromKept").value(state.fromKept());
            texts(json, "damages", state.damages());
        }
        return json.endObject().toBytes();
    }

    private static void texts(JsonBytes json, String name, List<String> texts) {
        json.name(name).beginArray();
        texts.forEach(json::value);
        json.endArray();
    }
}
