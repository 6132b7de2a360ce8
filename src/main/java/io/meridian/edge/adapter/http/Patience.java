package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.DecisionRequestReader;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.DecisionRequest.Options;

/**
 * How long callers wait.
 *
 * @param usualMillis what is assumed of those who do not say, 1 to 1000
 */
public record Patience(int usualMillis) {
    /**
     * Says, at every door that decides, how long the caller will wait, in whole milliseconds. A name of our own: what meshes send by themselves
     * (Envoy's {@code x-envoy-expected-rq-timeout-ms}, usually 15 seconds) is when they give up, not how soon a page needs its content.
     */
    static final String HEADER = "X-Meridian-Deadline-Ms";

    /** Of a request with these options. */
    long millis(Options options) {
        return options.deadlineMs() > 0 ? options.deadlineMs() : usualMillis;
    }

    /** The request, with the patience of the header: see {@link #of}. */
    static DecisionRequest within(DecisionRequest request, Headers headers) {
        Options options = of(request.options(), headers);
        return options.equals(request.options())
                ? request
                : new DecisionRequest(
                        request.requestId(),
                        request.subjects(),
                        request.homeRegion(),
                        request.placements(),
                        request.context(),
                        request.consent(),
                        options);
    }

    /**
     * The options, with the patience of the header; the shorter counts if both say one.
     *
     * <p>Throws a problem of type {@link ProblemType#INVALID_PARAMETER} if the header does not hold 1 to {@value
     * DecisionRequestReader#MAX_DEADLINE_MILLIS}.
     */
    public static Options of(Options options, Headers headers) {
        String said = headers.one(HEADER);
        if (said == null) {
            return options;
        }
        int millis = millis(said);
        int own = options.deadlineMs();
        return new Options(options.explain(), options.dryRun(), own > 0 ? Math.min(own, millis) : millis);
    }

    private static int millis(String said) {
        try {
            int millis = Integer.parseInt(said);
            if (millis >= 1 && millis <= DecisionRequestReader.MAX_DEADLINE_MILLIS) {
                return millis;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new ProblemException(Problem.inParameter(
                ProblemType.INVALID_PARAMETER,
                HEADER,
                "must be 1 to " + DecisionRequestReader.MAX_DEADLINE_MILLIS + " milliseconds"));
    }
}
