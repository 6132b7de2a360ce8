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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the pipeline, and turns its listener into a stage and its refusals into problems. */
@Singleton
public class Decisions {
    private final Decider decider;
    private final Moments moments;
    private final HttpMetrics metrics;
    private final Traces traces;
    private final Patience patience;

    @Inject
    public Decisions(Decider decider, Moments moments, HttpMetrics metrics, Traces traces, Patience patience) {
        this.decider = decider;
        this.moments = moments;
        this.metrics = metrics;
        this.traces = traces;
        this.patience = patience;
    }

    /** An answer and the moment it was asked for. */
    public record Asked(Decision decision, Moment moment) {}

    /** What is asked, from when it was read; by {@link System#nanoTime}. */
    private record Question(
            CompletableFuture<Asked> answer,
            Moment moment,
            long readAt,
            long askedAt,
            long patienceNanos,
            Traces.@Nullable Trace trace) {}

    /**
     * The answer, on the calling thread; a refusal ends the stage with a {@link ProblemException}.
     *
     * @param readAt when the request was read, by {@link System#nanoTime}
     */
    public CompletableFuture<Asked> ask(DecisionRequest request, long readAt) {
        long now = System.nanoTime();
        Question question = new Question(
                new CompletableFuture<>(),
                moments.next(now - readAt),
                readAt,
                now,
                TimeUnit.MILLISECONDS.toNanos(patience.millis(request.options())),
                traces.current());
        decider.decide(request, question.moment(), given -> complete(question, given));
        return question.answer();
    }

    private void complete(Question question, Answer given) {
        if (given instanceof Decision decision) {
            Traces.Trace trace = question.trace();
            if (trace != null) {
                trace.decided(decision, question.askedAt());
            }
            long took = System.nanoTime() - question.readAt();
            metrics.answered(decision, took);
            metrics.deadline(took <= question.patienceNanos());
            question.answer().complete(new Asked(decision, question.moment()));
        } else if (given instanceof Refusal refusal) {
            question.answer().completeExceptionally(new ProblemException(problem(refusal)));
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
