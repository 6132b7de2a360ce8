package io.meridian.edge.adapter.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened on the connections of a region, since the start. Safe for use by any thread. */
public final class RedisCounters {
    final LongAdder connected = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder failedConnects = new LongAdder();
    final LongAdder droppedSilent = new LongAdder();
    final LongAdder commands = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder lateReplies = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder refusedByBreaker = new LongAdder();
    final LongAdder redirected = new LongAdder();
    final LongAdder failedLooks = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder noScript = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder unmarked = new LongAdder();
    final LongAdder retriedWrites = new LongAdder();
    final LongAdder exhaustedWrites = new LongAdder();
    final LongAdder outdatedConsents = new LongAdder();
    final LongAdder unconfirmedConsents = new LongAdder();
    final LongAdder forgottenEvents = new LongAdder();
    final LongAdder damagedChanges = new LongAdder();
    final Set<RedisLink> links = ConcurrentHashMap.newKeySet();

    /** Connections that became usable or waited for the mark. */
    public long connected() {
        return connected.sum();
    }

    /** Connections that ended. */
    public long lost() {
        return lost.sum();
    }

    /** Attempts to connect that failed. */
    public long failedConnects() {
        return failedConnects.sum();
    }

    /** Connections dropped because they had gone silent. */
    public long droppedSilent() {
        return droppedSilent.sum();
    }

    /** Commands sent. */
    public long commands() {
        return commands.sum();
    }

    /** Commands that had no answer in time. */
    public long timeouts() {
        return timeouts.sum();
    }

    /** Answers that came after their time and were thrown away. */
    public long lateReplies() {
        return lateReplies.sum();
    }

    /** Commands not sent: no connection, or too many in flight. */
    public long rejected() {
        return rejected.sum();
    }

    /** Commands not sent because Redis had not answered those before. */
    public long refusedByBreaker() {
        return refusedByBreaker.sum();
    }

    /** The share of links whose breaker is open or that have no connection, 0 to 1. */
    public double shareRefusing() {
        int all = 0;
        int refusing = 0;
        for (RedisLink link : links) {
            all++;
            refusing += link.refuses() ? 1 : 0;
        }
        return all == 0 ? 0 : (double) refusing / all;
    }

    /** The share of links that lead to a Redis without the region's mark, or with another's, 0 to 1. */
    public double shareUnmarked() {
        int all = 0;
        int unmarked = 0;
        for (RedisLink link : links) {
            all++;
            unmarked += link.lacksMark() ? 1 : 0;
        }
        return all == 0 ? 0 : (double) unmarked / all;
    }

    /** Commands sent on to another node because Redis said so. */
    public long redirected() {
        return redirected.sum();
    }

    /** Times a node or a sentinel did not say who is master. */
    public long failedLooks() {
        return failedLooks.sum();
    }

    /** Error answers. */
    public long errors() {
        return errors.sum();
    }

    /** Of these, scripts Redis had forgotten. */
    public long noScript() {
        return noScript.sum();
    }

    /** Reads that ended because what is stored cannot be understood. */
    public long malformed() {
        return malformed.sum();
    }

    /** Times a connection was found without the region's mark. */
    public long unmarked() {
        return unmarked.sum();
    }

    /** Changes tried again because another change came between. */
    public long retriedWrites() {
        return retriedWrites.sum();
    }

    /** Changes given up because others came between too often or for too long. */
    public long exhaustedWrites() {
        return exhaustedWrites.sum();
    }

    /** Statements of consent that were not taken, or not as a whole, because what is stored was said later or refuses more. */
    public long outdatedConsents() {
        return outdatedConsents.sum();
    }

    /** Statements of consent and erasures that no replica has confirmed: they stand on the master, and their callers were told to repeat them. */
    public long unconfirmedConsents() {
        return unconfirmedConsents.sum();
    }

    /** Events that were not counted because nobody remembers whether they had been. */
    public long forgottenEvents() {
        return forgottenEvents.sum();
    }

    /** Changes that were not made because the value to be changed cannot be understood. */
    public long damagedChanges() {
        return damagedChanges.sum();
    }
}
