package io.meridian.edge.adapter.decisionlog;

import io.meridian.edge.core.log.DecisionLog;
import io.meridian.edge.core.log.DecisionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes decision records as JSON lines from a thread of its own.
 *
 * <p>The writer sleeps a little between looks instead of being woken for every record: waking a thread costs a request more
 * than the rest of its record. Only a ring that fills up wakes it. While nothing can be written (disk full, folder not writable),
 * it keeps its batch and tries again; the ring holds what comes, then drops and counts. The close of a log writes what is left.
 */
public final class JsonLinesDecisionLog implements DecisionLog, AutoCloseable {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final long NAP_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * How a log is kept.
     *
     * @param directory created if missing; used by one process only
     * @param capacity records that can wait to be written, 2 to 1,048,576; rounded up to a power of two
     * @param maxFileBytes a file is followed by the next before it grows beyond this, 1,024 or more; only a single batch larger than
     *     this makes a larger file
     * @param maxFiles how many are kept, 1 or more; the oldest goes first
     * @param retryDelay how long to wait after a failed write
     */
    public record Settings(Path directory, int capacity, long maxFileBytes, int maxFiles, Duration retryDelay) {
        public Settings {
            if (capacity < 2 || capacity > 1 << 20) {
                throw new IllegalArgumentException("capacity of 2 to 1048576 records, not " + capacity);
            }
            if (maxFileBytes < 1024 || maxFiles < 1 || retryDelay.isNegative() || retryDelay.isZero()) {
                throw new IllegalArgumentException("at least 1024 bytes per file, 1 file and a retry delay above zero");
            }
        }

        /** 8,192 waiting records, 8 files of 64 MiB, a try per second. */
        public static Settings of(Path directory) {
            return new Settings(directory, 8192, 64L << 20, 8, Duration.ofSeconds(1));
        }
    }

    private final RecordRing ring;
    private final RotatedFiles files;
    private final long retryNanos;
    private final Thread writer;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final LongAdder produced = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    // The writer's own.
    private final Batch batch;
    private final Complaints complaints = new Complaints();
    private boolean failing;

    private JsonLinesDecisionLog(Settings settings) {
        this.ring = new RecordRing(settings.capacity());
        this.files = new RotatedFiles(settings.directory(), settings.maxFileBytes(), settings.maxFiles());
        this.retryNanos = settings.retryDelay().toNanos();
        this.batch = new Batch((int) Math.min(BATCH_BYTES, settings.maxFileBytes() / 2));
        this.writer = new Thread(this::writeUntilClosed, "decision-log");
        this.writer.setDaemon(true);
    }

    /** Opens a log and starts its thread. A folder that cannot be written is no error here: it may become writable. */
    public static JsonLinesDecisionLog open(Settings settings) {
        JsonLinesDecisionLog log = new JsonLinesDecisionLog(settings);
        log.writer.start();
        return log;
    }

    @Override
    public void offer(DecisionRecord record) {
        produced.increment();
        if (!ring.offer(record)) {
            dropped.increment();
        } else if (ring.size() > ring.capacity() / 2 && !woken.get() && woken.compareAndSet(false, true)) {
            LockSupport.unpark(writer);
        }
    }

    /** Records offered since the log was opened. */
    public long produced() {
        return produced.sum();
    }

    /** Records handed to the operating system. */
    public long written() {
        return written.sum();
    }

    /** Records that found no room, came after the close, or could not be written until the close. */
    public long dropped() {
        return dropped.sum();
    }

    /** Records waiting in the ring. */
    public int waiting() {
        return ring.size();
    }

    /** Takes no more records, writes those that wait, and returns when that is done. */
    @Override
    public void close() {
        ring.close();
        LockSupport.unpark(writer);
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException asked) {
                // The writer ends by itself: it tries each of its batches once. Giving up here would lose what it
                // holds.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        while (!ring.closed()) {
            boolean more = fillBatch();
            if (!writeBatch()) {
                // Producers must not cut the delay short: a ring that fills up is no reason to try the disk more often.
                woken.set(true);
                nap(retryNanos);
            } else if (!more) {
                nap(NAP_NANOS);
            }
            complaints.dropped(dropped.sum());
        }
        // Records claimed before the close may still be on their way into their slots.
        while (batch.records() > 0 || ring.size() > 0) {
            fillBatch();
            if (!writeBatch()) {
                dropped.add(batch.records());
                batch.clear();
            }
        }
        files.close();
    }

    private void nap(long nanos) {
        if (!ring.closed()) {
            LockSupport.parkNanos(this, nanos);
        }
        woken.set(false);
    }

    /** Takes records until the batch is full (true) or none is ready (false). A batch that waits for the disk takes no more. */
    private boolean fillBatch() {
        if (failing && batch.records() > 0) {
            return true;
        }
        while (!batch.full()) {
            DecisionRecord record = ring.poll();
            if (record == null) {
                return false;
            }
            try {
                batch.add(record);
            } catch (IOException | RuntimeException malformed) {
                dropped.increment();
                complaints.malformed(malformed);
            }
        }
        return true;
    }

    private boolean writeBatch() {
        if (batch.records() == 0) {
            return true;
        }
        try {
            files.append(batch.bytes());
        } catch (IOException | RuntimeException failed) {
            failing = true;
            complaints.unwritable(failed);
            return false;
        }
        written.add(batch.records());
        batch.clear();
        if (failing) {
            failing = false;
            complaints.writtenAgain();
        }
        return true;
    }
}
