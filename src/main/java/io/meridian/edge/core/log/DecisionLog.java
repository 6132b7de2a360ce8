package io.meridian.edge.core.log;

/** Port: where decision records go. */
public interface DecisionLog {
    /** Takes a record or, if there is no room, counts it as dropped. Never waits, never fails. */
    void offer(DecisionRecord record);
}
