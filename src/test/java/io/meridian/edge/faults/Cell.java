package io.meridian.edge.faults;

import io.meridian.edge.faults.FaultKind.Limit;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One kind of fault in one phase, from one number. */
record Cell(FaultKind kind, Phase phase, long seed) {
    /** Calls before the fault. */
    private static final int BEFORE = 30;

    /** Calls while the fault lasts, at least, and this many more at most. */
    private static final int DURING = Traffic.A_SECOND;

    private static final int FLICKERS = 6;

    /** Calls between one flicker and the next, at most. */
    private static final int FLICKER = 12;

    /** So many personal answers, or writes, in a row mean that it is over. */
    private static final int ENOUGH_PERSONAL = 25;

    private static final int ENOUGH_WRITES = 2;

    private static final long RECOVERY_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** How it is named on the command line. */
    String name() {
        return kind.id() + "/" + phase;
    }

    /** True for its name, its kind's, and its phase's behind a slash. */
    boolean isMeantBy(String only) {
        return name().equalsIgnoreCase(only) || kind.id().equals(only) || only.equalsIgnoreCase("/" + phase);
    }

    /** False where there is nothing to find out. */
    boolean makesSense() {
        return phase != Phase.START || !kind.limits().contains(FaultKind.Limit.STARTING);
    }

    /** Runs it in a region that is whole, and leaves a region that is whole. */
    CellResult run(Site site, HttpClient client, Canaries canaries) throws Exception {
        // Of what it is, and not of what ran before it: a cell that is run alone meets the same.
        SplittableRandom random = new SplittableRandom(seed * 31 + name().hashCode());
        site.prepare(random.split(), (phase == Phase.FLICKER ? 60 : 1000) + random.nextInt(100));
        canaries.refill();
        Await.until(
                "what was published to decide",
                () -> site.service().revision() == site.host().revision());
        Tally tally = new Tally(canaries::accepted);
        if (phase == Phase.START) {
            site.service().close();
            site.breakBy(kind.fault());
            site.start();
            Traffic.oneByOne(site, client, canaries, tally, random.split());
        }
        Metrics before = site.service().metrics();
        long published = site.host().revision();
        long healed;
        long recovery;
        long writesRecovery;
        try (Traffic traffic = new Traffic(site, client, canaries, tally, random.split())) {
            healed = play(site, traffic, random);
            recovery = recovery(tally, healed, ENOUGH_PERSONAL, false);
            writesRecovery = recovery(tally, healed, ENOUGH_WRITES, true);
        }
        awaitRevision(site, tally, published);
        Metrics after = settled(site, tally);
        CellResult result = new CellResult(
                this, tally, recovery, writesRecovery, Metrics.Difference.of(before, after), new ArrayList<>());
        result.judge(canaries.lost());
        return result;
    }

    private long play(Site site, Traffic traffic, SplittableRandom random) throws Exception {
        if (phase == Phase.START) {
            traffic.pass(DURING);
            site.mend();
            return System.nanoTime();
        }
        traffic.pass(BEFORE);
        if (phase == Phase.FLICKER) {
            for (int i = 1; i < FLICKERS; i++) {
                site.breakBy(kind.fault());
                traffic.pass(1 + random.nextInt(FLICKER));
                site.mend();
                traffic.pass(1 + random.nextInt(FLICKER));
            }
        }
        site.breakBy(kind.fault());
        if (phase == Phase.SWAP) {
            site.host().publish();
        }
        traffic.pass(phase == Phase.FLICKER ? 1 + random.nextInt(FLICKER) : DURING + random.nextInt(DURING));
        site.mend();
        return System.nanoTime();
    }

    private static long recovery(Tally tally, long healed, int enough, boolean ofWrites) {
        Await.within(RECOVERY_NANOS, () -> tally.recoveryMillis(healed, enough, ofWrites) >= 0);
        return tally.recoveryMillis(healed, enough, ofWrites);
    }

    /** What was published decides in the end, and nothing but it and what decided before has decided. */
    private void awaitRevision(Site site, Tally tally, long before) throws Exception {
        long newest = site.host().revision();
        if (!Await.within(RECOVERY_NANOS, () -> site.service().revision() == newest)) {
            tally.breach("revision " + newest + " is published and does not become active");
        }
        List<Long> odd = new ArrayList<>(tally.revisions());
        odd.removeAll(List.of(before, newest));
        if (!odd.isEmpty()) {
            tally.breach("revisions " + odd + " have decided, between " + before + " and " + newest);
        }
    }

    /** What was counted when every record has been written or dropped. */
    private static Metrics settled(Site site, Tally tally) throws Exception {
        boolean settled = Await.within(RECOVERY_NANOS, () -> {
            Metrics now = site.service().metrics();
            return now.recordsProduced() == now.recordsWritten() + now.recordsDropped();
        });
        if (!settled) {
            tally.breach("records are neither written nor dropped");
        }
        return site.service().metrics();
    }

    boolean possible(Site site) {
        return site.space().possible() || !kind.allows(Limit.NEEDS_MOUNTS);
    }
}
