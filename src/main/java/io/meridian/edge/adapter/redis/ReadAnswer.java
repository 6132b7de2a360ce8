package io.meridian.edge.adapter.redis;

import org.jspecify.annotations.Nullable;

/** What was answered to a read, in the order asked: the stored consent, then the classes of the plan by ordinal. */
interface ReadAnswer {
    /** Null if nothing is stored there. */
    byte @Nullable [] at(int index);

    /** True if the stored consent keeps the class closed: then nothing is said of what is stored. */
    boolean isClosed(int index);
}
