package io.meridian.edge.core.profile;

import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Port: how profiles, consent and counters change. Every act is atomic for its subject and fails as a whole; a stage ends
 * exceptionally only on a programming error.
 */
public interface ProfileWriter {
    /** How a write ended. */
    enum Outcome {
        DONE,
        /** Seen before (an event of the same source and id): nothing changed. */
        DUPLICATE,
        /** The subject was erased and its tombstone stands: nothing changed. */
        ERASED,
        /** Consent does not permit it: nothing changed. */
        NOT_PERMITTED,
        /**
         * What is stored of consent was said later, or at the same time and refuses more: nothing was agreed to; what a statement of the
         * same time refuses is refused.
         */
        OUTDATED,
        /** An event so old that it may have been counted and forgotten: it is not counted (again), nothing changed. */
        FORGOTTEN,
        /** What is to be changed is stored in a form that cannot be understood: nothing changed; only a replacement helps. */
        DAMAGED,
        /** The store does not answer or does not carry the region's mark: unknown or nothing changed; try again. */
        UNAVAILABLE
    }

    /**
     * What stored consent must not refuse before a class may be written.
     *
     * @param classes mask of data classes that the live signals and the regime leave open
     * @param ifGiven by class ordinal: purposes for which a stored consent opens the class, as in {@link ReadPlan}
     * @param ifExplicit likewise, explicit
     * @param unlessRefused likewise, open unless refused
     */
    record Permission(int classes, int[] ifGiven, int[] ifExplicit, int[] unlessRefused) {}

    /**
     * Replaces the whole profile.
     *
     * @param contract of the bundle by which the values were checked
     * @param values {@code Boolean Long Double String List<String>} by attribute name
     */
    CompletionStage<Outcome> replace(
            AttributeContract contract, SubjectId subject, Map<String, Object> values, Permission permission);

    /**
     * Changes some attributes; a null value removes one. Concurrent changes of different attributes both stand. A class of which values
     * are only removed is kept no longer than before. Parameters as in {@link #replace}.
     */
    CompletionStage<Outcome> change(
            AttributeContract contract, SubjectId subject, Map<String, @Nullable Object> values, Permission permission);

    /**
     * Stores what the subject said and, in the same act, deletes the data classes it closes. It has to be said later than what is
     * stored; of the same time only refusals are taken. After an erasure only an agreement said later is.
     *
     * @param closedClasses mask of the data classes no purpose is left for
     */
    CompletionStage<Outcome> storeConsent(SubjectId subject, StoredConsent consent, int closedClasses);

    /** Deletes everything of the subject and leaves a tombstone for so long. Idempotent. */
    CompletionStage<Outcome> erase(SubjectId subject, long erasedAt, long tombstoneSeconds);

    /**
     * Counts an impression once per (source, id).
     *
     * @param eventKey names the event: its source and id
     * @param epochSecond when it was shown
     */
    CompletionStage<Outcome> countImpression(
            SubjectId subject, String eventKey, String offer, String placement, int epochSecond, Permission permission);

    /** Notes a click once per (source, id); nothing else is kept of it. */
    CompletionStage<Outcome> noteEvent(SubjectId subject, String eventKey, int epochSecond, Permission permission);
}
