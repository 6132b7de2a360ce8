package io.meridian.edge.app.delivery;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Bundles that were replaced, and what they ran on: freed once no decision uses them any more, never before. For one thread.
 */
final class Retirement {
    /** As many may wait; decisions take milliseconds, so more than one is rare and so many a defect. */
    static final int MAX_WAITING = 8;

    private record Waiting(ActiveBundle.Activation activation, ModelCatalog models) {}

    private final List<Waiting> waiting = new ArrayList<>();

    /** False if so many wait already that no other may become active. */
    boolean hasRoom() {
        return waiting.size() < MAX_WAITING;
    }

    /** Takes the models over. */
    void add(ActiveBundle.Activation replaced, ModelCatalog models) {
        waiting.add(new Waiting(replaced, models));
    }

    /** Frees what is not in use. Returns how many still wait. */
    int sweep() {
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            if (one.activation().idle()) {
                all.remove();
                one.models().close();
            }
        }
        return waiting.size();
    }
}
