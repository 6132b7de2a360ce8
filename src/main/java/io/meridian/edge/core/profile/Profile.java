package io.meridian.edge.core.profile;

import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.StoredConsent;
import org.jspecify.annotations.Nullable;

/** What a read brought. Mutable, reused, confined to one thread. */
public final class Profile {
    /** How a read ended. */
    public enum Status {
        /** Nothing was asked for. */
        NOT_READ,
        OK,
        /** No answer within the time given. */
        TIMEOUT,
        /** No connection, or the store answered with an error. */
        UNAVAILABLE,
        /** The store does not carry this region's mark: it may have lost opt-outs. */
        REGION_UNMARKED,
        /** What is stored cannot be understood. */
        MALFORMED
    }

    private final Facts facts;
    private final Exposures exposures = new Exposures();
    private Status status = Status.NOT_READ;
    private @Nullable StoredConsent storedConsent;
    private int found;

    public Profile(Facts facts) {
        this.facts = facts;
    }

    /** Where the store writes facts. A class that was read and has no value leaves its used slots absent. */
    public Facts facts() {
        return facts;
    }

    public Exposures exposures() {
        return exposures;
    }

    public Status status() {
        return status;
    }

    public void end(Status status) {
        this.status = status;
    }

    /** Null if none is stored, or none was read. */
    public @Nullable StoredConsent storedConsent() {
        return storedConsent;
    }

    public void storedConsent(StoredConsent consent) {
        this.storedConsent = consent;
    }

    /** Mask of the data classes that had a value. */
    public int found() {
        return found;
    }

    public void addFound(int classBit) {
        found |= classBit;
    }

    /** Ready for the next request; the facts are cleared by whoever owns them. */
    public void clear() {
        exposures.clear();
        status = Status.NOT_READ;
        storedConsent = null;
        found = 0;
    }
}
