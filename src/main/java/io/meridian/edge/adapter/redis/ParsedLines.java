package io.meridian.edge.adapter.redis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file in their order, parsed by two threads a few chunks ahead of whoever takes them. For one thread.
 */
final class ParsedLines implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final int CHUNKS_AHEAD = 6;

    private final LineReader reader;
    private final ExecutorService workers;
    private final ThreadLocal<ProfileLineParser> parsers;
    private final Deque<CompletableFuture<LineChunk>> ahead = new ArrayDeque<>();
    private boolean beginning;

    /** @param beginning true if the reader stands at the beginning of the file */
    ParsedLines(LineReader reader, boolean beginning, Supplier<ProfileLineParser> parsers) {
        this.reader = reader;
        this.beginning = beginning;
        this.parsers = ThreadLocal.withInitial(parsers);
        this.workers = Executors.newFixedThreadPool(WORKERS, work -> {
            Thread thread = new Thread(work, "load-parser");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The next chunk, null at the end of the file. */
    @Nullable
    LineChunk next() throws IOException {
        while (ahead.size() < CHUNKS_AHEAD) {
            LineChunk chunk = new LineChunk();
            chunk.fill(reader);
            if (chunk.count() == 0) {
                break;
            }
            if (beginning) {
                chunk.skipByteOrderMark();
                beginning = false;
            }
            ahead.add(CompletableFuture.supplyAsync(() -> parsed(chunk), workers));
        }
        CompletableFuture<LineChunk> oldest = ahead.poll();
        try {
            return oldest == null ? null : oldest.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("a line could not be looked at", e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        workers.shutdownNow();
        reader.close();
    }

    private LineChunk parsed(LineChunk chunk) {
        chunk.parse(parsers.get());
        return chunk;
    }
}
