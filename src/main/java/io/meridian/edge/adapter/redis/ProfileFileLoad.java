package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.profile.AttributeContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Loads a file of profiles, one JSON object per line, and can go on where it was interrupted. Lines are parsed by threads of their own
 * and taken in their order, so that the last line of a subject wins.
 *
 * <p>Beside the file {@code f} it keeps {@code f.progress}, how far everything is stored, until it is done, and
 * {@code f.rejected.ndjson}, the lines that could not be loaded, as they are. Both hold or point to personal data as the file itself does.
 */
public final class ProfileFileLoad {
    /** The most bad lines described; all are counted and kept aside. */
    public static final int MAX_REJECTED_SAID = 100;

    private static final int LINES_PER_CHECKPOINT = 20_000;
    private static final int FINGERPRINT_BYTES = 64 * 1024;

    /** A line that was not loaded. Numbers are from 1. */
    public record Rejected(long line, String reason) {}

    /**
     * How far a load has come.
     *
     * @param lines read, in this run and those it goes on from
     * @param resumedAt lines that earlier runs had done
     * @param rejectedCount of all runs
     * @param rejected the first of this run
     * @param tally of this run
     * @param seconds this run took
     */
    public record Report(
            long lines,
            long resumedAt,
            long rejectedCount,
            List<Rejected> rejected,
            ProfileLoader.Tally tally,
            double seconds) {
        /** Lines of this run per second. */
        public long perSecond() {
            return seconds == 0 ? 0 : Math.round((lines - resumedAt) / seconds);
        }
    }

    private final Path file;
    private final Path progress;
    private final Path rejectedFile;
    private final ProfileLoader loader;
    private final AttributeContract contract;
    private final long modifiedAt;
    private final Consumer<Report> listener;
    private final List<Rejected> rejected = new ArrayList<>();
    private final long started = System.nanoTime();
    private long lines;
    private long resumedAt;
    private long offset;
    private long rejectedCount;
    private long rejectedBytes;
    private ProfileLoader.Tally tally = new ProfileLoader.Tally(0, 0, 0, 0);

    /** @param listener told after every checkpoint, and at the end */
    public ProfileFileLoad(Path file, ProfileLoader loader, AttributeContract contract, Consumer<Report> listener)
            throws IOException {
        this.file = file;
        this.progress = Path.of(file + ".progress");
        this.rejectedFile = Path.of(file + ".rejected.ndjson");
        this.loader = loader;
        this.contract = contract;
        this.modifiedAt = Files.getLastModifiedTime(file).toMillis();
        this.listener = listener;
    }

    /**
     * Loads the file. Goes on from the last checkpoint if one of this very file is there.
     *
     * @param restart true to begin at the beginning in any case
     */
    public Report run(boolean restart) throws IOException, ProfileLoader.LoadFailed {
        String fingerprint = fingerprint();
        if (!restart) {
            resume(fingerprint);
        }
        try (RandomAccessFile aside = new RandomAccessFile(rejectedFile.toFile(), "rw");
                ParsedLines parsed = new ParsedLines(new LineReader(file, offset), offset == 0, this::parser)) {
            aside.setLength(rejectedBytes);
            aside.seek(rejectedBytes);
            OutputStream out = Channels.newOutputStream(aside.getChannel());
            for (LineChunk chunk = parsed.next(); chunk != null; chunk = parsed.next()) {
                long before = lines;
                take(chunk, out);
                offset = chunk.offsetAfter();
                if (lines / LINES_PER_CHECKPOINT != before / LINES_PER_CHECKPOINT) {
                    checkpoint(fingerprint);
                }
            }
        }
        tally = loader.finish();
        Files.deleteIfExists(progress);
        if (rejectedCount == 0) {
            Files.deleteIfExists(rejectedFile);
        }
        Report report = report();
        listener.accept(report);
        return report;
    }

    private ProfileLineParser parser() {
        return loader.parser(contract, modifiedAt);
    }

    private void take(LineChunk chunk, OutputStream aside) throws IOException, ProfileLoader.LoadFailed {
        for (int i = 0; i < chunk.count(); i++) {
            lines++;
            String reason = chunk.reason(i);
            if (reason != null) {
                reject(reason);
                if (chunk.length(i) > 0) {
                    aside.write(chunk.bytes(), chunk.start(i), chunk.length(i));
                    aside.write('\n');
                    rejectedBytes += chunk.length(i) + 1;
                }
            }
        }
        for (EncodedProfile profile : chunk.profiles()) {
            loader.add(profile);
        }
    }

    private void reject(String reason) {
        rejectedCount++;
        if (rejected.size() < MAX_REJECTED_SAID) {
            rejected.add(new Rejected(lines, reason));
        }
    }

    private Report report() {
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Report(lines, resumedAt, rejectedCount, List.copyOf(rejected), tally, seconds);
    }

    private void checkpoint(String fingerprint) throws IOException, ProfileLoader.LoadFailed {
        tally = loader.finish();
        Properties state = new Properties();
        state.setProperty("fingerprint", fingerprint);
        state.setProperty("offset", Long.toString(offset));
        state.setProperty("lines", Long.toString(lines));
        state.setProperty("rejected", Long.toString(rejectedCount));
        state.setProperty("rejectedBytes", Long.toString(rejectedBytes));
        Path fresh = Path.of(progress + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            state.store(out, null);
        }
        Files.move(fresh, progress, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        listener.accept(report());
    }

    private void resume(String fingerprint) throws IOException {
        if (!Files.exists(progress)) {
            return;
        }
        Properties state = new Properties();
        try (InputStream in = Files.newInputStream(progress)) {
            state.load(in);
            if (fingerprint.equals(state.getProperty("fingerprint"))) {
                offset = Long.parseLong(state.getProperty("offset"));
                resumedAt = Long.parseLong(state.getProperty("lines"));
                rejectedCount = Long.parseLong(state.getProperty("rejected"));
                rejectedBytes = Long.parseLong(state.getProperty("rejectedBytes"));
                lines = resumedAt;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(progress + " is damaged; delete it to begin at the beginning", e);
        }
    }

    /** Names this very content: its length and a digest of its beginning. */
    private String fingerprint() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(FINGERPRINT_BYTES));
            return Files.size(file) + "-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
