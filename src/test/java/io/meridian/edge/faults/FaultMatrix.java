package io.meridian.edge.faults;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Runs cells one after the other against one region. */
final class FaultMatrix implements AutoCloseable {
    /** Pools of threads and of callers' connections grow up to their bounds; what leaks grows with every cell. */
    private static final int MARGIN = 48;

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final Site site;
    private final Canaries canaries;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<CellResult> results = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();
    private final long firstPid;
    private final int handles;
    private final int threads;

    FaultMatrix(Site site) throws Exception {
        this.site = site;
        this.canaries = new Canaries(site, client);
        site.start();
        canaries.settle();
        Traffic.oneByOne(site, client, canaries, new Tally((visit, subject) -> {}), new SplittableRandom(0));
        firstPid = site.service().pid();
        handles = site.service().handles();
        threads = site.service().threads();
    }

    /**
     * The cells of a run, those that restart the service last: until then one process has to live through all of them.
     *
     * @param only {@code kind/PHASE}, {@code kind} or {@code /PHASE}, several separated by commas; empty for all
     */
    static List<Cell> cells(List<Long> seeds, String only) {
        List<Cell> cells = new ArrayList<>();
        for (FaultKind kind : FaultKind.all()) {
            for (Phase phase : Phase.values()) {
                for (long seed : seeds) {
                    Cell cell = new Cell(kind, phase, seed);
                    boolean wanted =
                            only.isEmpty() || Arrays.stream(only.split(",")).anyMatch(cell::isMeantBy);
                    if (wanted && cell.makesSense()) {
                        cells.add(cell);
                    }
                }
            }
        }
        cells.sort(Comparator.comparing(cell -> cell.phase() == Phase.START));
        return cells;
    }

    /** A cell of each group of kinds, different ones for different seeds; one of them restarts the service. */
    static List<Cell> sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<FaultKind>> groups = FaultKind.groups();
        int starts = random.nextInt(groups.size());
        List<Cell> some = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<FaultKind> group = groups.get(i);
            Phase phase = i == starts ? Phase.START : Phase.values()[random.nextInt(Phase.START.ordinal())];
            Cell cell;
            do {
                cell = new Cell(group.get(random.nextInt(group.size())), phase, seed);
            } while (!cell.makesSense());
            some.add(cell);
        }
        some.sort(Comparator.comparing(cell -> cell.phase() == Phase.START));
        return some;
    }

    /** Runs them all, whatever becomes of any. */
    void run(List<Cell> cells) throws Exception {
        boolean restarted = false;
        for (Cell cell : cells) {
            if (cell.phase() == Phase.START && !restarted) {
                lookForLeaks();
                restarted = true;
            }
            if (!cell.possible(site)) {
                skipped.add(cell.name() + ": file systems cannot be mounted here");
                continue;
            }
            CellResult result;
            try {
                result = cell.run(site, client, canaries);
            } catch (Exception | AssertionError e) {
                result = CellResult.broken(cell, e);
                site.mend();
                if (cell.phase() == Phase.START) {
                    // It may be alive and never have begun; the next cell needs one that has.
                    site.service().close();
                }
            }
            results.add(result);
            System.out.println(MatrixReport.line(result));
            result.faults().forEach(System.out::println);
            if (!site.running()) {
                result.faults().add("the service has died");
                site.start();
            }
        }
        lookForLeaks();
    }

    /** Handles and threads of a process that has lived through faults, against those it began with. */
    private void lookForLeaks() throws Exception {
        Service service = site.service();
        if (service.pid() != firstPid) {
            return;
        }
        boolean fine = Await.within(
                QUIET_NANOS, () -> service.handles() <= handles + MARGIN && service.threads() <= threads + MARGIN);
        if (!fine) {
            leaks.add("file handles " + handles + " -> " + service.handles() + ", threads " + threads + " -> "
                    + service.threads() + " after " + results.size() + " cells");
        }
    }

    List<CellResult> results() {
        return results;
    }

    /** Cells this machine cannot run, and why. */
    List<String> skipped() {
        return skipped;
    }

    /** What grew and did not shrink again. */
    List<String> leaks() {
        return leaks;
    }

    @Override
    public void close() throws Exception {
        site.close();
    }
}
