package io.meridian.edge.app.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becoming active leaves on disk.
 *
 * @param written false leaves what is there as it is
 * @param required true if nothing becomes active that could not be written
 * @param order what is carried out by it; null if no order is
 */
record Keeping(boolean written, boolean required, @Nullable Order order) {
    /** An order to step back, which is good for once. */
    record Order(String id, Instant notAfter) {}

    /** What was active before the service stopped stays what was, though something else is found usable. */
    static final Keeping UNCHANGED = new Keeping(false, false, null);

    /** A full disk does not keep it from becoming active. */
    static final Keeping IF_POSSIBLE = new Keeping(true, false, null);

    /** First the disk, then the service. */
    static final Keeping REQUIRED = new Keeping(true, true, null);

    /** First the disk, with the order, then the service. */
    static Keeping carryingOut(Order order) {
        return new Keeping(true, true, order);
    }
}
