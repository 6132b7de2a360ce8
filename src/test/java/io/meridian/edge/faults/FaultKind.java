package io.meridian.edge.faults;

import io.meridian.edge.core.model.Degradation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A kind of fault and what it may cost.
 *
 * @param id as it is written in the report and on the command line
 * @param costs the codes answers may be degraded by; nothing else may be
 * @param limits what else the service may not do meanwhile
 */
record FaultKind(String id, Set<Degradation> costs, Set<Limit> limits, Fault fault) {
    /** What a service cannot be expected to do while something is broken. */
    enum Limit {
        /** Writes of profiles, consents and events may be refused. */
        WRITES,
        /** Records of decisions may be dropped (and counted). */
        RECORDS,
        /** On a JVM it cannot start: the libraries of ONNX Runtime have to be unpacked somewhere. */
        STARTING,
        /** File systems of our own are needed, see {@link MountSpace}. */
        NEEDS_MOUNTS
    }

    /** A profile that is not read. */
    static final Set<Degradation> UNREAD = EnumSet.of(Degradation.PROFILE_TIMEOUT, Degradation.PROFILE_UNAVAILABLE);

    /** Likewise, and the mark cannot be seen. */
    static final Set<Degradation> UNMARKED = with(UNREAD, Degradation.REGION_UNMARKED);

    /** Likewise, and what comes may be nonsense. */
    static final Set<Degradation> GARBLED = with(UNMARKED, Degradation.PROFILE_MALFORMED);

    private static final Set<Degradation> NOTHING = EnumSet.noneOf(Degradation.class);

    /** Every kind there is, grouped by what breaks. */
    static List<List<FaultKind>> groups() {
        return List.of(
                WireFaults.all(),
                ReplyFaults.all(),
                RedisFaults.all(),
                DiskFaults.all(),
                HostFaults.all(),
                CallerFaults.all());
    }

    /** Every kind there is. */
    static List<FaultKind> all() {
        return groups().stream().flatMap(List::stream).toList();
    }

    /** A fault of what profiles are read from and written to. */
    static FaultKind ofStore(String id, Set<Degradation> costs, Fault fault) {
        return new FaultKind(id, costs, EnumSet.of(Limit.WRITES), fault);
    }

    /** A fault that no answer may show. */
    static FaultKind unseen(String id, Fault fault, Limit... limits) {
        EnumSet<Limit> all = EnumSet.noneOf(Limit.class);
        all.addAll(List.of(limits));
        return new FaultKind(id, NOTHING, all, fault);
    }

    private static Set<Degradation> with(Set<Degradation> some, Degradation more) {
        EnumSet<Degradation> all = EnumSet.copyOf(some);
        all.add(more);
        return all;
    }

    boolean allows(Limit limit) {
        return limits.contains(limit);
    }
}
