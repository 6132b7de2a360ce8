package io.meridian.edge.k8s;

import io.fabric8.kubernetes.api.model.Quantity;

/** Quantities of memory and disk. */
final class Bytes {
    private Bytes() {}

    /** Throws {@link IllegalArgumentException} if it is no quantity. */
    static long of(String quantity) {
        return new Quantity(quantity).getNumericalAmount().longValueExact();
    }
}
