package io.meridian.edge.core;

import io.meridian.edge.core.bundle.Bundle;
import java.util.ArrayDeque;

/** Each thread's free workspaces. A bundle that is no longer active takes its workspaces with it. */
final class Workspaces {
    /** The most free workspaces a thread keeps: what it had in flight at once, within reason. */
    private static final int MAX_FREE = 64;

    private final ThreadLocal<ArrayDeque<Workspace>> free = ThreadLocal.withInitial(ArrayDeque::new);

    Workspace take(Bundle bundle) {
        ArrayDeque<Workspace> mine = free.get();
        // One that an older bundle left behind, given back late, is dropped here.
        for (Workspace workspace = mine.pollLast(); workspace != null; workspace = mine.pollLast()) {
            if (workspace.isOf(bundle)) {
                return workspace;
            }
        }
        return new Workspace(bundle);
    }

    void giveBack(Workspace workspace) {
        workspace.clear();
        ArrayDeque<Workspace> mine = free.get();
        if (mine.size() < MAX_FREE) {
            mine.addLast(workspace);
        }
    }
}
