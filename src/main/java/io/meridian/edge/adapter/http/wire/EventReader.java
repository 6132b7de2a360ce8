package io.meridian.edge.adapter.http.wire;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.core.IngestPipeline.Circumstances;
import io.meridian.edge.core.IngestPipeline.EventKind;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.SubjectId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents 1.0: one in structured mode, a batch, or one in binary mode (attributes in {@code ce-} headers, data in the body).
 *
 * <p>A body that is no JSON is a problem as a whole. An event that says something impossible is a problem of its own: the others are
 * still read. Extension attributes are passed over, as CloudEvents asks; unknown fields of {@code data}, which is ours, are not.
 */
public final class EventReader {
    /** The largest body. */
    public static final int MAX_BYTES = 256 * 1024;

    /** The most events of one batch. */
    public static final int MAX_EVENTS = 500;

    private static final String SPEC_VERSION = "1.0";
    private static final String IMPRESSION = "io.meridian.impression";
    private static final String CLICK = "io.meridian.click";
    private static final String KNOWN_DATA =
            "subject, placement, offer, variant, token, market, country, subdivision, homeRegion, consent";

    /**
     * An event as read.
     *
     * @param id null if it has none that could be read
     * @param problem what is wrong with it; null if it can be taken
     * @param at epoch milliseconds, 0 if it says no time
     */
    public record ReadEvent(
            @Nullable String id,
            @Nullable Problem problem,
            EventKind kind,
            String source,
            long at,
            @Nullable EventData data) {}

    /** What {@code data} says. */
    public record EventData(
            SubjectId subject,
            String placement,
            String offer,
            @Nullable String variant,
            @Nullable String token,
            Circumstances circumstances) {}

    private final StrictJson json;
    private @Nullable String specVersion;
    private @Nullable String id;
    private @Nullable String source;
    private @Nullable EventKind kind;
    private long at;
    private @Nullable EventData data;

    private EventReader(StrictJson json) {
        this.json = json;
    }

    /** The events of a body. Throws {@link ProblemException} if it cannot be read as a whole. */
    public static List<ReadEvent> read(byte[] body, Headers headers) {
        if (body.length > MAX_BYTES) {
            throw new ProblemException(
                    Problem.of(ProblemType.BODY_TOO_LARGE, "at most " + MAX_BYTES + " bytes are taken here"));
        }
        try (StrictJson json = StrictJson.open(body)) {
            List<ReadEvent> events = new ArrayList<>();
            if (headers.get("ce-specversion") != null) {
                events.add(new EventReader(json).binary(headers));
            } else if (json.isArray()) {
                json.beginArray();
                while (json.nextElement()) {
                    if (events.size() == MAX_EVENTS) {
                        throw json.outOfBounds("at most " + MAX_EVENTS + " events");
                    }
                    events.add(new EventReader(json).structured());
                }
            } else {
                events.add(new EventReader(json).structured());
            }
            json.end();
            return events;
        }
    }

    private ReadEvent structured() {
        int depth = json.depth();
        try {
            json.beginObject();
            String pointer = json.pointer();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "specversion" -> specVersion = json.text(RequestFields.MAX_TEXT);
                    case "id" -> id = json.text(RequestFields.MAX_TEXT);
                    case "source" -> source = json.text(RequestFields.MAX_TEXT);
                    case "type" -> kind = kind(json.text(RequestFields.MAX_TEXT));
                    case "time" -> at = RequestFields.time(json);
                    case "data" -> data = readData();
                    default -> json.skip();
                }
            }
            return checked(pointer);
        } catch (ProblemException e) {
            return recovered(e, depth);
        }
    }

    private ReadEvent binary(Headers headers) {
        int depth = json.depth();
        try {
            specVersion = headers.get("ce-specversion");
            id = bounded(headers.get("ce-id"));
            source = bounded(headers.get("ce-source"));
            String type = headers.get("ce-type");
            kind = type == null ? null : kind(type);
            String time = headers.get("ce-time");
            at = time == null ? 0 : RequestFields.time(time, json);
            data = readData();
            return checked("");
        } catch (ProblemException e) {
            return recovered(e, depth);
        }
    }

    /** A value's problem is the event's; a document that is no JSON cannot be read on. */
    private ReadEvent recovered(ProblemException e, int depth) {
        switch (e.problem().type()) {
            case MALFORMED_JSON, DUPLICATE_KEY, TOO_DEEP -> throw e;
            default -> json.skipTo(depth);
        }
        return new ReadEvent(id, e.problem(), EventKind.IMPRESSION, "", 0, null);
    }

    private ReadEvent checked(String pointer) {
        if (id == null) {
            throw json.missing(pointer, "id");
        }
        if (source == null) {
            throw json.missing(pointer, "source");
        }
        if (kind == null) {
            throw json.missing(pointer, "type");
        }
        if (!SPEC_VERSION.equals(specVersion)) {
            throw new ProblemException(
                    Problem.at(ProblemType.INVALID_VALUE, pointer + "/specversion", "must be " + SPEC_VERSION));
        }
        if (data == null) {
            throw json.missing(pointer, "data");
        }
        return new ReadEvent(id, null, kind, source, at, data);
    }

    private EventData readData() {
        json.beginObject();
        String pointer = json.pointer();
        SubjectId subject = null;
        String placement = null;
        String offer = null;
        String variant = null;
        String token = null;
        String market = null;
        String country = null;
        String subdivision = null;
        String homeRegion = null;
        ConsentInput consent = ConsentInput.NONE;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "subject" -> subject = RequestFields.subject(json);
                case "placement" -> placement = json.text(RequestFields.MAX_ID);
                case "offer" -> offer = json.text(RequestFields.MAX_ID);
                case "variant" -> variant = json.text(RequestFields.MAX_ID);
                case "token" -> token = json.text(DecisionTokens.MAX_LENGTH);
                case "market" -> market = json.text(RequestFields.MAX_ID);
                case "country" -> country = RequestFields.country(json);
                case "subdivision" -> subdivision = RequestFields.subdivision(json);
                case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
                case "consent" -> consent = RequestFields.consent(json);
                default -> throw json.unknownField(KNOWN_DATA);
            }
        }
        if (subject == null) {
            throw json.missing(pointer, "subject");
        }
        if (placement == null) {
            throw json.missing(pointer, "placement");
        }
        if (offer == null) {
            throw json.missing(pointer, "offer");
        }
        return new EventData(
                subject,
                placement,
                offer,
                variant,
                token,
                new Circumstances(market, country, subdivision, consent, homeRegion));
    }

    private EventKind kind(String type) {
        return switch (type) {
            case IMPRESSION -> EventKind.IMPRESSION;
            case CLICK -> EventKind.CLICK;
            default -> throw json.invalid("an event's type is " + IMPRESSION + " or " + CLICK);
        };
    }

    private static @Nullable String bounded(@Nullable String header) {
        return header == null || header.isEmpty() || header.length() > RequestFields.MAX_TEXT ? null : header;
    }
}
