package io.meridian.edge.core.scoring;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models a bundle may use, one version of each. Immutable but for {@link #close}. */
public final class ModelCatalog implements AutoCloseable {
    /** No models: every ranking is by value and context alone. */
    public static final ModelCatalog EMPTY = new ModelCatalog(List.of());

    private final List<LoadedModel> models;

    /** Names and scores must differ. */
    public ModelCatalog(List<LoadedModel> models) {
        Set<String> taken = new HashSet<>();
        for (LoadedModel model : models) {
            if (!taken.add("model " + model.card().name())
                    || !taken.add("score " + model.card().score())) {
                throw new IllegalArgumentException(
                        "two models share a name or a score: " + model.card().id());
            }
        }
        this.models = List.copyOf(models);
    }

    /** In the order given. */
    public List<LoadedModel> models() {
        return models;
    }

    /** The model of that name, or null. For compilers; never on the way of a request. */
    public @Nullable LoadedModel find(String name) {
        for (LoadedModel model : models) {
            if (model.card().name().equals(name)) {
                return model;
            }
        }
        return null;
    }

    /** Closes every scorer; runs under way end first. Idempotent. */
    @Override
    public void close() {
        for (LoadedModel model : models) {
            model.scorer().close();
        }
    }
}
