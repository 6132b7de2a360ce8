package io.meridian.edge.adapter.decisionlog;

import io.meridian.edge.core.log.DecisionRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Encoded records that go to a file in one write. One thread only. */
final class Batch {
    private static final int MAX_RECORDS = 512;

    private final Buffer lines = new Buffer();
    private final int maxBytes;
    private int records;

    /** Full with 512 records, or with the record that reaches this size. */
    Batch(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds all of the record, or throws and adds nothing of it. */
    void add(DecisionRecord record) throws IOException {
        int before = lines.size();
        boolean whole = false;
        try {
            RecordEncoder.write(record, lines);
            whole = true;
            records++;
        } finally {
            if (!whole) {
                lines.truncate(before);
            }
        }
    }

    boolean full() {
        return records >= MAX_RECORDS || lines.size() >= maxBytes;
    }

    int records() {
        return records;
    }

    /** What was added; valid until the next change. */
    ByteBuffer bytes() {
        return lines.view();
    }

    void clear() {
        lines.reset();
        records = 0;
    }

    private static final class Buffer extends ByteArrayOutputStream {
        void truncate(int size) {
            count = size;
        }

        ByteBuffer view() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
