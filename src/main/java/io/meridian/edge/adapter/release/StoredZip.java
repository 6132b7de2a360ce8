package io.meridian.edge.adapter.release;

import io.meridian.edge.core.release.Refusal.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * ZIP files (PKWARE's APPNOTE) of stored entries, in the one form there is for given entries: local headers and data from the first
 * byte on, the central directory right after, the end record last; no flags, times, attributes, extra fields or comments.
 */
final class StoredZip {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final short VERSION = 10;

    /** 1980-01-01, the first day a ZIP can name. */
    private static final short DATE = 0x21;

    private static final int MAX_NAME = 256;

    private StoredZip() {}

    /**
     * Writes entries in the map's order.
     *
     * @param entries by name; names are ASCII
     */
    static byte[] write(Map<String, byte[]> entries) {
        int directory = 0;
        int size = END_BYTES;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            int name = entry.getKey().length();
            directory += LOCAL_BYTES + name + entry.getValue().length;
            size += CENTRAL_BYTES + name;
        }
        ByteBuffer zip = ByteBuffer.allocate(directory + size).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer central = zip.slice(directory, size).order(ByteOrder.LITTLE_ENDIAN);
        entries.forEach((name, content) -> {
            byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
            int offset = zip.position();
            central.putInt(CENTRAL).putShort(VERSION);
            writeCommon(central, ascii, content);
            central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            central.putInt(offset).put(ascii);
            zip.putInt(LOCAL);
            writeCommon(zip, ascii, content);
            zip.put(ascii).put(content);
        });
        int length = central.position();
        central.putInt(END).putShort((short) 0).putShort((short) 0);
        central.putShort((short) entries.size()).putShort((short) entries.size());
        central.putInt(length).putInt(directory).putShort((short) 0);
        return zip.array();
    }

    /** What a local header and the central directory both say: version, flags, method, time, date, CRC, sizes, lengths. */
    private static void writeCommon(ByteBuffer out, byte[] name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        out.putShort(VERSION).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        out.putShort(DATE).putInt((int) crc.getValue());
        out.putInt(content.length).putInt(content.length);
        out.putShort((short) name.length).putShort((short) 0);
    }

    /**
     * Reads what {@link #write} writes and refuses everything else. Entries keep their order.
     *
     * @param zip bounded by the caller
     * @param maxEntries the most entries
     */
    static Map<String, byte[]> read(byte[] zip, int maxEntries) throws ReleaseRefused {
        ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END_BYTES;
        if (end < 0 || in.getInt(0) != LOCAL || in.getInt(end) != END) {
            throw refused("it is no ZIP file from its first byte to its last; make it with meridian bundle");
        }
        int count = Short.toUnsignedInt(in.getShort(end + 10));
        if (count > maxEntries) {
            throw refused("it has " + count + " entries; at most " + maxEntries + " are taken");
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        in.limit(end);
        for (int i = 0; i < count; i++) {
            readEntry(in, entries);
        }
        byte[] canonical = write(entries);
        int difference = Arrays.mismatch(canonical, zip);
        if (difference >= 0) {
            throw refused("byte " + difference
                    + " is not as meridian bundle writes it (a checksum, a size, an attribute, or data"
                    + " that belongs to no entry); do not change archives with other tools");
        }
        return entries;
    }

    private static void readEntry(ByteBuffer in, Map<String, byte[]> entries) throws ReleaseRefused {
        int at = in.position();
        if (in.remaining() < LOCAL_BYTES || in.getInt(at) != LOCAL) {
            throw refused("at byte " + at + " no entry begins; the archive is cut off, or was changed by another tool");
        }
        int flags = Short.toUnsignedInt(in.getShort(at + 6));
        int method = Short.toUnsignedInt(in.getShort(at + 8));
        long size = Integer.toUnsignedLong(in.getInt(at + 22));
        int nameLength = Short.toUnsignedInt(in.getShort(at + 26));
        int extra = Short.toUnsignedInt(in.getShort(at + 28));
        if (method != 0) {
            throw refused(
                    "the entry at byte " + at + " is compressed; entries are stored, so that nothing can blow up");
        }
        if (flags != 0 || extra != 0) {
            throw refused("the entry at byte " + at
                    + " has flags or extra fields (encryption, deferred sizes, ZIP64); none are taken");
        }
        if (nameLength == 0 || nameLength > MAX_NAME) {
            throw refused("the entry at byte " + at + " has a name of " + nameLength + " bytes; 1 to " + MAX_NAME
                    + " are taken");
        }
        if (size > in.remaining() - LOCAL_BYTES - nameLength) {
            throw refused("the entry at byte " + at + " claims " + size + " bytes, more than the archive has");
        }
        byte[] name = new byte[nameLength];
        byte[] content = new byte[(int) size];
        in.position(at + LOCAL_BYTES);
        in.get(name).get(content);
        String text = name(name, at);
        if (entries.put(text, content) != null) {
            throw refused("there are two entries " + text);
        }
    }

    private static String name(byte[] name, int at) throws ReleaseRefused {
        for (byte character : name) {
            if (character <= ' ' || character == 0x7f) {
                throw refused("the entry at byte " + at + " has a name that is not plain ASCII");
            }
        }
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static ReleaseRefused refused(String detail) {
        return new ReleaseRefused(Code.BAD_ARCHIVE, detail);
    }
}
