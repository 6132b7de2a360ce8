package io.meridian.edge.adapter.state;

import io.meridian.edge.core.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Holds lines of an audit against each other, in order. The first line may be any, for the oldest files go with time. */
public final class AuditChain {
    /** What the very first line names as the hash of the line before it. */
    static final String BEGIN = "0".repeat(64);

    private @Nullable String expectedPrevious;
    private long expectedSequence;
    private long lines;
    private @Nullable String fault;

    /** The next line. Returns what it says; null, and the chain is broken, if it says nothing. */
    public AuditEvent.@Nullable Entry add(String line) {
        lines++;
        AuditEvent.Entry entry;
        try {
            entry = AuditEvent.read(line);
        } catch (IOException damaged) {
            broken("line " + lines + " is no audit event");
            expectedPrevious = hash(line);
            expectedSequence++;
            return null;
        }
        if (expectedPrevious == null) {
            if (entry.sequence() == 1 && !entry.previous().equals(BEGIN)) {
                broken("event 1 follows something");
            }
        } else if (entry.sequence() != expectedSequence) {
            broken("event " + entry.sequence() + " stands where " + expectedSequence + " should");
        } else if (!entry.previous().equals(expectedPrevious)) {
            broken("event " + (entry.sequence() - 1) + " is not the one that event " + entry.sequence()
                    + " was written after");
        }
        expectedPrevious = hash(line);
        expectedSequence = entry.sequence() + 1;
        return entry;
    }

    private void broken(String what) {
        if (fault == null) {
            fault = what;
        }
    }

    /** Where it was first seen to be broken; null if it is whole. */
    public @Nullable String fault() {
        return fault;
    }

    /** SHA-256 of a line in hex. */
    static String hash(String line) {
        return Sha256.hex(line.getBytes(StandardCharsets.UTF_8));
    }
}
