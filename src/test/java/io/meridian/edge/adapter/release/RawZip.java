package io.meridian.edge.adapter.release;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A ZIP file of which everything can be wrong. Without changes it writes what {@link StoredZip} writes. */
final class RawZip {
    /** An entry; each header can say something else. */
    static final class Entry {
        byte[] name;
        byte[] content;
        byte[] extra = {};
        byte[] centralName;
        int method;
        int flags;
        int crc;
        int localSize;
        int centralSize;
        int centralMethod;
        int attributes;
        int madeBy = 10;
        int time;
        byte[] comment = {};

        Entry(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.centralName = this.name;
            this.content = content;
            CRC32 sum = new CRC32();
            sum.update(content);
            crc = (int) sum.getValue();
            localSize = content.length;
            centralSize = content.length;
        }

        /** Packs the content, and says so in both headers. */
        void deflate() {
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            deflater.setInput(content);
            deflater.finish();
            byte[] packed = new byte[content.length + 64];
            int length = deflater.deflate(packed);
            deflater.end();
            content = java.util.Arrays.copyOf(packed, length);
            method = 8;
            centralMethod = 8;
        }
    }

    final List<Entry> entries = new ArrayList<>();
    byte[] before = {};
    byte[] between = {};
    byte[] after = {};
    byte[] comment = {};
    int countOff;
    int offsetOff;

    /** The entries of an archive. */
    static RawZip of(byte[] archive) {
        RawZip raw = new RawZip();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                raw.entries.add(new Entry(entry.getName(), zip.readAllBytes()));
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return raw;
    }

    /** The first entry whose name ends so. */
    Entry entry(String suffix) {
        return entries.stream()
                .filter(entry -> new String(entry.name, StandardCharsets.UTF_8).endsWith(suffix))
                .findFirst()
                .orElseThrow();
    }

    byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream central = new ByteArrayOutputStream();
        out.writeBytes(before);
        for (Entry entry : entries) {
            int offset = out.size();
            out.writeBytes(
                    header(0x04034b50, -1, entry, entry.name, entry.method, entry.localSize, entry.extra.length));
            out.writeBytes(entry.name);
            out.writeBytes(entry.extra);
            out.writeBytes(entry.content);
            central.writeBytes(header(
                    0x02014b50, entry.madeBy, entry, entry.centralName, entry.centralMethod, entry.centralSize, 0));
            ByteBuffer rest = little(14);
            rest.putShort((short) entry.comment.length)
                    .putInt(0)
                    .putInt(entry.attributes)
                    .putInt(offset + offsetOff);
            central.writeBytes(rest.array());
            central.writeBytes(entry.centralName);
            central.writeBytes(entry.comment);
        }
        out.writeBytes(between);
        int directory = out.size();
        out.writeBytes(central.toByteArray());
        ByteBuffer end = little(22);
        end.putInt(0x06054b50).putInt(0);
        end.putShort((short) (entries.size() + countOff)).putShort((short) (entries.size() + countOff));
        end.putInt(central.size()).putInt(directory).putShort((short) comment.length);
        out.writeBytes(end.array());
        out.writeBytes(comment);
        out.writeBytes(after);
        return out.toByteArray();
    }

    private static byte[] header(
            int signature, int madeBy, Entry entry, byte[] name, int method, int size, int extraLength) {
        ByteBuffer header = little(madeBy < 0 ? 30 : 32);
        header.putInt(signature);
        if (madeBy >= 0) {
            header.putShort((short) madeBy);
        }
        header.putShort((short) 10).putShort((short) entry.flags).putShort((short) method);
        header.putShort((short) entry.time).putShort((short) 0x21).putInt(entry.crc);
        header.putInt(method == 8 ? entry.content.length : size).putInt(size);
        header.putShort((short) name.length).putShort((short) extraLength);
        return header.array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
