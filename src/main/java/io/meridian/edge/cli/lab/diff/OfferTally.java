package io.meridian.edge.cli.lab.diff;

/** How often an offer is shown before and after, and in how many decisions it comes or goes. */
final class OfferTally {
    private long before;
    private long after;
    private long gained;
    private long lost;

    void count(boolean was, boolean is) {
        before += was ? 1 : 0;
        after += is ? 1 : 0;
        gained += is && !was ? 1 : 0;
        lost += was && !is ? 1 : 0;
    }

    long before() {
        return before;
    }

    long after() {
        return after;
    }

    long gained() {
        return gained;
    }

    long lost() {
        return lost;
    }
}
