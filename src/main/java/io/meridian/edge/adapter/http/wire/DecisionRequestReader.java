package io.meridian.edge.adapter.http.wire;

import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.DecisionRequest.Context;
import io.meridian.edge.core.model.DecisionRequest.Options;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.SubjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /v1/decide}. Every limit of the contract is here; whether ids exist is the pipeline's question. */
public final class DecisionRequestReader {
    /** The largest body. */
    public static final int MAX_BYTES = 64 * 1024;

    static final int MAX_SUBJECT_IDS = 8;
    static final int MAX_ATTRIBUTES = 64;
    static final int MAX_LIST = 64;
    /** The longest patience a caller may have, milliseconds. */
    public static final int MAX_DEADLINE_MILLIS = 1000;

    private final StrictJson json;
    private @Nullable String requestId;
    private List<SubjectId> subjects = List.of();
    private @Nullable String homeRegion;
    private @Nullable List<PlacementRequest> placements;
    private Context context = Context.EMPTY;
    private ConsentInput consent = ConsentInput.NONE;
    private Options options = Options.DEFAULT;

    private DecisionRequestReader(StrictJson json) {
        this.json = json;
    }

    /** Throws {@link ProblemException} for anything the contract does not allow. */
    public static DecisionRequest read(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ProblemException(
                    Problem.of(ProblemType.BODY_TOO_LARGE, "at most " + MAX_BYTES + " bytes are taken here"));
        }
        try (StrictJson json = StrictJson.open(body)) {
            return new DecisionRequestReader(json).read();
        }
    }

    private DecisionRequest read() {
        json.beginObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "requestId" -> requestId = json.text(RequestFields.MAX_TEXT);
                case "subject" -> readSubject();
                case "placements" -> placements = readPlacements();
                case "context" -> context = readContext();
                case "consent" -> consent = RequestFields.consent(json);
                case "options" -> options = readOptions();
                default -> throw json.unknownField("requestId, subject, placements, context, consent, options");
            }
        }
        json.end();
        if (placements == null) {
            throw json.missing("", "placements");
        }
        return new DecisionRequest(requestId, subjects, homeRegion, placements, context, consent, options);
    }

    private void readSubject() {
        json.beginObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "ids" -> subjects = readSubjectIds();
                case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
                default -> throw json.unknownField("ids, homeRegion");
            }
        }
    }

    private List<SubjectId> readSubjectIds() {
        json.beginArray();
        List<SubjectId> ids = new ArrayList<>(2);
        while (json.nextElement()) {
            if (ids.size() == MAX_SUBJECT_IDS) {
                throw json.outOfBounds("at most " + MAX_SUBJECT_IDS + " ids");
            }
            ids.add(RequestFields.subject(json));
        }
        return ids;
    }

    private List<PlacementRequest> readPlacements() {
        json.beginArray();
        List<PlacementRequest> read = new ArrayList<>(4);
        while (json.nextElement()) {
            if (read.size() == PlacementRequest.MAX_PLACEMENTS) {
                throw json.outOfBounds("at most " + PlacementRequest.MAX_PLACEMENTS + " placements");
            }
            read.add(readPlacement());
        }
        if (read.isEmpty()) {
            throw new ProblemException(
                    Problem.at(ProblemType.OUT_OF_BOUNDS, json.pointer(), "at least one placement is needed"));
        }
        return read;
    }

    private PlacementRequest readPlacement() {
        json.beginObject();
        String id = null;
        int count = 1;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "id" -> id = json.text(RequestFields.MAX_ID);
                case "count" -> count = json.integer(1, PlacementRequest.MAX_COUNT);
                default -> throw json.unknownField("id, count");
            }
        }
        if (id == null) {
            throw json.missing(json.pointer(), "id");
        }
        return new PlacementRequest(id, count);
    }

    private Context readContext() {
        json.beginObject();
        String market = null;
        String country = null;
        String subdivision = null;
        String locale = null;
        String channel = null;
        String device = null;
        Map<String, Object> attributes = Map.of();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "market" -> market = json.text(RequestFields.MAX_ID);
                case "country" -> country = RequestFields.country(json);
                case "subdivision" -> subdivision = RequestFields.subdivision(json);
                case "locale" -> locale = json.text(RequestFields.MAX_LOCALE);
                case "channel" -> channel = json.text(RequestFields.MAX_ID);
                case "device" -> device = json.text(RequestFields.MAX_ID);
                case "attributes" -> attributes = readAttributes();
                default -> throw json.unknownField("market, country, subdivision, locale, channel, device, attributes");
            }
        }
        return new Context(market, country, subdivision, locale, channel, device, attributes);
    }

    private Map<String, Object> readAttributes() {
        json.beginObject();
        Map<String, Object> attributes = new HashMap<>();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (attributes.size() == MAX_ATTRIBUTES) {
                throw json.outOfBounds("at most " + MAX_ATTRIBUTES + " attributes");
            }
            attributes.put(field, json.attribute(RequestFields.MAX_TEXT, MAX_LIST));
        }
        return attributes;
    }

    private Options readOptions() {
        json.beginObject();
        Explain explain = Explain.NONE;
        boolean dryRun = false;
        int deadlineMillis = 0;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "explain" -> explain = readExplain();
                case "dryRun" -> dryRun = json.bool();
                case "deadlineMs" -> deadlineMillis = json.integer(1, MAX_DEADLINE_MILLIS);
                default -> throw json.unknownField("explain, dryRun, deadlineMs");
            }
        }
        return new Options(explain, dryRun, deadlineMillis);
    }

    private Explain readExplain() {
        return switch (json.text(RequestFields.MAX_TEXT)) {
            case "none" -> Explain.NONE;
            case "reasons" -> Explain.REASONS;
            case "full" -> Explain.FULL;
            default -> throw json.invalid("must be none, reasons or full");
        };
    }
}
