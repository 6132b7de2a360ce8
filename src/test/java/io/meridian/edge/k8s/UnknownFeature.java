package io.meridian.edge.k8s;

/** A kustomization uses something that {@link Kustomization} does not do. */
final class UnknownFeature extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownFeature(String message) {
        super(message);
    }
}
