package io.meridian.load.traffic;

import io.meridian.load.measure.Recorder.Outcome;
import java.util.List;

/**
 * One call of one visitor: what is sent, and what came of it. Written by the feeder, then by one client thread after the other, never by
 * two at once.
 */
public final class Call {
    public final Kind kind;

    /** Path and query. */
    public final String path;

    /** JSON; empty if there is none. */
    public final String body;

    /** Who is asked about; empty if nobody. */
    public final String subject;

    public final String country;
    public final String device;
    public final String language;

    /** TC string; empty if the visitor's browser sends none. */
    public final String tcf;

    /** Of an earlier answer to the same question; empty if there was none. */
    public final String ifNoneMatch;

    /** The placements asked for, in their order. */
    public final List<String> placements;

    private long begin;
    private long end;
    private int status;
    private Outcome outcome = Outcome.FAILED;
    private String wrong = "no answer";

    Call(Kind kind, String path, String body, Visitor visitor, String ifNoneMatch, List<String> placements) {
        this.kind = kind;
        this.path = path;
        this.body = body;
        this.subject = visitor.subject();
        this.country = visitor.country();
        this.device = visitor.device();
        this.language = visitor.language();
        this.tcf = visitor.tcf();
        this.ifNoneMatch = ifNoneMatch;
        this.placements = placements;
    }

    /**
     * @param subject id; empty if nobody is known
     * @param tcf TC string, or empty
     */
    record Visitor(String subject, String country, String device, String language, String channel, String tcf) {}

    /** It is handed to the client, {@link System#nanoTime()}. */
    public void begins(long nanos) {
        begin = nanos;
    }

    /** Its answer is there. */
    public void answered(int status, long nanos) {
        this.status = status;
        this.end = nanos;
    }

    /** What was made of the answer. */
    public void judged(Outcome outcome) {
        this.outcome = outcome;
    }

    /** The answer is not what it should be. */
    public void wrong(String what) {
        wrong = what;
    }

    /** What is wrong with the answer, if something is. */
    public String wrong() {
        return wrong;
    }

    public long begin() {
        return begin;
    }

    /** When the answer was there; 0 if there was none. */
    public long end() {
        return end;
    }

    /** HTTP; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** {@link Outcome#FAILED} until the answer was found to be right. */
    public Outcome outcome() {
        return outcome;
    }
}
