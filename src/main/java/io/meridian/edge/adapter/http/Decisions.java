package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.Decider;
import io.meridian.edge.core.Moment;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the pipeline, and turns its listener into a stage and its refusals into problems. */
@Singleton
public class Decisions {
    private final Decider decider;
    private final Moments moments;
    private final HttpMetrics metrics;
    private final Traces traces;

    @Inject
    public Decisions(Decider decider, Moments moments, HttpMetrics metrics, Traces traces) {
        this.decider = decider;
        this.moments = moments;
        this.metrics = metrics;
        this.traces = traces;
    }

    /** An answer and the moment it was asked for. */
    public record Asked(Decision decision, Moment moment) {}

    /** The answer, on the calling thread; a refusal ends the stage with a {@link ProblemException}. */
    public CompletableFuture<Asked> ask(DecisionRequest request) {
        Moment moment = moments.next();
        long asked = System.nanoTime();
        Traces.Trace trace = traces.current();
        CompletableFuture<Asked> answer = new CompletableFuture<>();
        decider.decide(request, moment, given -> complete(answer, given, moment, asked, trace));
        return answer;
    }

    private void complete(
            CompletableFuture<Asked> answer, Answer given, Moment moment, long asked, Traces.@Nullable Trace trace) {
        if (given instanceof Decision decision) {
            if (trace != null) {
                trace.decided(decision, asked);
            }
            metrics.answered(decision, System.nanoTime() - asked);
            answer.complete(new Asked(decision, moment));
        } else if (given instanceof Refusal refusal) {
            answer.completeExceptionally(new ProblemException(problem(refusal)));
        }
    }

    /** What a refusal is called over HTTP. */
    static Problem problem(Refusal refusal) {
        ProblemType type = switch (refusal.kind()) {
            case NOT_READY -> ProblemType.NOT_READY;
            case UNKNOWN_PLACEMENT -> ProblemType.UNKNOWN_PLACEMENT;
            case UNKNOWN_MARKET -> ProblemType.UNKNOWN_MARKET;
            case UNKNOWN_NAMESPACE -> ProblemType.UNKNOWN_NAMESPACE;
            case UNKNOWN_REGION -> ProblemType.UNKNOWN_REGION;
            case UNKNOWN_ATTRIBUTE -> ProblemType.UNKNOWN_ATTRIBUTE;
            case WRONG_TYPE -> ProblemType.WRONG_TYPE;
            case MISDIRECTED -> ProblemType.MISDIRECTED;
            case FAILED -> ProblemType.INTERNAL;
        };
        String homeRegion = refusal.homeRegion().isEmpty() ? null : refusal.homeRegion();
        return new Problem(type, refusal.detail(), Pointers.tellable(refusal.pointer()), null, homeRegion);
    }
}
