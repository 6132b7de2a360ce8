package io.meridian.load.traffic;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/** What callers remember of answers, as a CDN and a page do: entity tags of shared answers, and tokens of what was shown. */
final class Memory {
    /** Tokens kept; more are forgotten, like pages that nobody looks at. */
    private static final int MAX_SHOWN = 4096;

    private static final int MAX_TAGS = 10_000;

    /** An item that was decided for a visitor, and would now be seen. */
    record Shown(
            String subject, String country, String tcf, String placement, String offer, String variant, String token) {}

    private final ArrayBlockingQueue<Shown> shown = new ArrayBlockingQueue<>(MAX_SHOWN);
    private final Map<String, String> tags = new ConcurrentHashMap<>();

    void remember(Shown item) {
        shown.offer(item);
    }

    /** The oldest that is kept, which is then forgotten; null if there is none. */
    Shown next() {
        return shown.poll();
    }

    void remember(String question, String tag) {
        if (tags.size() < MAX_TAGS || tags.containsKey(question)) {
            tags.put(question, tag);
        }
    }

    /** The tag of the last answer to that question; empty if there was none. */
    String tag(String question) {
        return tags.getOrDefault(question, "");
    }
}
