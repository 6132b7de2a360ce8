package io.meridian.edge.core;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import java.util.ArrayDeque;

/** Each thread's free workspaces. A bundle that is no longer active takes its workspaces with it. */
final class Workspaces {
    /** The most free workspaces a thread keeps: what it had in flight at once, within reason. */
    private static final int MAX_FREE = 64;

    private final ThreadLocal<ArrayDeque<Workspace>> free = ThreadLocal.withInitial(ArrayDeque::new);

    private final int mostTraced;

    /** @param mostTraced of a placement's candidates, how many a trace tells of */
    Workspaces(int mostTraced) {
        this.mostTraced = mostTraced;
    }

    /** One that uses the activation, which was entered, until it is given back or dropped. */
    Workspace take(ActiveBundle.Activation activation) {
        Workspace workspace = null;
        try {
            workspace = free(activation.bundle());
            workspace.activation = activation;
            return workspace;
        } finally {
            if (workspace == null) {
                activation.leave();
            }
        }
    }

    private Workspace free(Bundle bundle) {
        ArrayDeque<Workspace> mine = free.get();
        // One that an older bundle left behind, given back late, is dropped here.
        for (Workspace workspace = mine.pollLast(); workspace != null; workspace = mine.pollLast()) {
            if (workspace.isOf(bundle)) {
                return workspace;
            }
        }
        return new Workspace(bundle, mostTraced);
    }

    /** For the next request: this one is over. */
    void giveBack(Workspace workspace) {
        drop(workspace);
        workspace.clear();
        ArrayDeque<Workspace> mine = free.get();
        if (mine.size() < MAX_FREE) {
            mine.addLast(workspace);
        }
    }

    /** This one is over and its workspace is not used again. Idempotent. */
    void drop(Workspace workspace) {
        ActiveBundle.Activation activation = workspace.activation;
        if (activation != null) {
            workspace.activation = null;
            activation.leave();
        }
    }
}
