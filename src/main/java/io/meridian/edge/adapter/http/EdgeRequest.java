package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.adapter.http.wire.RequestFields;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.model.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision asked for by an edge: context from the query and from headers, the query wins. Who the visitor is never stands in the
 * address, which proxies log: a parameter for it is unknown.
 */
final class EdgeRequest {
    static final String SUBJECT = "X-Meridian-Subject";

    private static final String ATTRIBUTE = "attr.";
    private static final String KNOWN = "market, country, subdivision, locale, channel, device, count, attr.<name>";
    private static final Set<String> NAMES =
            Set.of("market", "country", "subdivision", "locale", "channel", "device", "count");
    private static final int MAX_ATTRIBUTES = 64;

    private final Map<String, List<String>> query;
    private final Headers headers;
    private final Bundle bundle;

    private EdgeRequest(Map<String, List<String>> query, Headers headers, Bundle bundle) {
        this.query = query;
        this.headers = headers;
        this.bundle = bundle;
    }

    /**
     * @param query decoded, every parameter with its values
     * @param bundle says the types of attributes, which a query does not
     */
    static DecisionRequest read(String placement, Map<String, List<String>> query, Headers headers, Bundle bundle) {
        return new EdgeRequest(query, headers, bundle).read(placement);
    }

    private DecisionRequest read(String placement) {
        if (placement.isEmpty() || placement.length() > RequestFields.MAX_ID) {
            throw invalid("placement", "must have 1 to " + RequestFields.MAX_ID + " characters");
        }
        Map<String, Object> attributes = attributes();
        String country = country();
        String locale = text("locale", RequestFields.MAX_LOCALE);
        String device = text("device", RequestFields.MAX_ID);
        DecisionRequest.Context context = new DecisionRequest.Context(
                text("market", RequestFields.MAX_ID),
                country,
                subdivision(country),
                locale != null ? locale : EdgeHeaders.locale(headers),
                text("channel", RequestFields.MAX_ID),
                device != null ? device : EdgeHeaders.device(headers),
                attributes);
        return new DecisionRequest(
                null,
                subjects(),
                headers.one(Writes.HOME_REGION),
                List.of(new PlacementRequest(placement, count())),
                context,
                ConsentHeaders.read(headers),
                Patience.of(DecisionRequest.Options.DEFAULT, headers));
    }

    private Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            String name = parameter.getKey();
            if (name.startsWith(ATTRIBUTE) && name.length() > ATTRIBUTE.length()) {
                if (attributes.size() == MAX_ATTRIBUTES) {
                    throw invalid("attr", "at most " + MAX_ATTRIBUTES + " attributes");
                }
                attributes.put(name.substring(ATTRIBUTE.length()), attribute(name));
            } else if (!NAMES.contains(name)) {
                throw new ProblemException(Problem.inParameter(
                        ProblemType.UNKNOWN_PARAMETER, Pointers.tellableName(name), "known are " + KNOWN));
            }
        }
        return attributes;
    }

    private Object attribute(String parameter) {
        String value = text(parameter, RequestFields.MAX_TEXT);
        Bundle.ContextAttributeSlot declared =
                bundle.context().attributes().get(parameter.substring(ATTRIBUTE.length()));
        if (value == null || declared == null) {
            // The pipeline refuses what is not declared.
            return value == null ? "" : value;
        }
        Object typed = typed(declared.attribute().type(), value);
        if (typed == null) {
            throw invalid(parameter, "expected " + declared.attribute().type().celName());
        }
        return typed;
    }

    private static @Nullable Object typed(ValueType type, String value) {
        try {
            return switch (type) {
                case BOOL -> value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : null;
                case INT -> Long.valueOf(value);
                case DOUBLE -> finite(Double.valueOf(value));
                case STRING -> value;
                case STRINGS -> List.of(value.split(",", -1));
            };
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double finite(Double value) {
        return value.isInfinite() || value.isNaN() ? null : value;
    }

    private @Nullable String country() {
        String asked = text("country", RequestFields.MAX_TEXT);
        if (asked == null) {
            return EdgeHeaders.country(headers);
        }
        String country = RequestFields.country(asked);
        if (country == null) {
            throw invalid("country", "a country is two letters (ISO 3166-1 alpha-2)");
        }
        return country;
    }

    /** A header's subdivision is of the header's country. */
    private @Nullable String subdivision(@Nullable String country) {
        String asked = text("subdivision", RequestFields.MAX_TEXT);
        if (asked == null) {
            return country == null || query.containsKey("country") ? null : EdgeHeaders.subdivision(headers);
        }
        String subdivision = RequestFields.subdivision(asked);
        if (subdivision == null) {
            throw invalid(
                    "subdivision", "a subdivision is one to three letters or digits (ISO 3166-2, after the hyphen)");
        }
        return subdivision;
    }

    private int count() {
        String asked = text("count", RequestFields.MAX_TEXT);
        if (asked == null) {
            return 1;
        }
        try {
            int count = Integer.parseInt(asked);
            if (count >= 1 && count <= PlacementRequest.MAX_COUNT) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw invalid("count", "must be 1 to " + PlacementRequest.MAX_COUNT);
    }

    private List<SubjectId> subjects() {
        String subject = headers.one(SUBJECT);
        if (subject == null) {
            return List.of();
        }
        int slash = subject.indexOf('/');
        if (slash < 1
                || slash == subject.length() - 1
                || slash > SubjectId.MAX_LENGTH
                || subject.length() - slash - 1 > SubjectId.MAX_LENGTH) {
            throw invalid(SUBJECT, "must be <namespace>/<id>");
        }
        return List.of(new SubjectId(subject.substring(0, slash), subject.substring(slash + 1)));
    }

    /** The one value of a parameter; null if it is not there. */
    private @Nullable String text(String name, int max) {
        List<String> values = query.get(name);
        if (values == null) {
            return null;
        }
        String told = Pointers.tellableName(name);
        if (values.size() != 1) {
            throw invalid(told, "is there more than once");
        }
        String value = values.get(0);
        if (value.isEmpty() || value.length() > max) {
            throw invalid(told, "must have 1 to " + max + " characters");
        }
        return value;
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(Problem.inParameter(ProblemType.INVALID_PARAMETER, parameter, detail));
    }
}
