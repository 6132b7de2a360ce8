package io.meridian.edge.adapter.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finds strings by their UTF-8 bytes, so that a usual value is handed out as the object everybody compares with and nothing is
 * allocated. Open addressing, at most half full. Confined to one thread if anything is added.
 */
final class StringTable {
    private final byte[][] bytes;
    private final @Nullable String[] strings;
    private final int mask;
    private int room;

    /** @param extra how many more strings may be added later */
    StringTable(Collection<String> initial, int extra) {
        int capacity = Integer.highestOneBit(Math.max(8, (initial.size() + extra) * 2 - 1)) << 1;
        bytes = new byte[capacity][];
        strings = new String[capacity];
        mask = capacity - 1;
        room = initial.size() + extra;
        for (String string : initial) {
            byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
            add(utf8, utf8.length, string);
        }
    }

    /** The string of these bytes, null if it is not here. */
    @Nullable
    String find(byte[] from, int length) {
        int at = hash(from, length) & mask;
        for (String string = strings[at]; string != null; string = strings[at]) {
            if (same(bytes[at], from, length)) {
                return string;
            }
            at = at + 1 & mask;
        }
        return null;
    }

    /** The string of these bytes; kept for the next time if there is room. */
    String findOrAdd(byte[] from, int length) {
        String found = find(from, length);
        if (found != null) {
            return found;
        }
        String string = new String(from, 0, length, StandardCharsets.UTF_8);
        if (room > 0) {
            add(from, length, string);
        }
        return string;
    }

    private void add(byte[] from, int length, String string) {
        int at = hash(from, length) & mask;
        while (strings[at] != null) {
            if (same(bytes[at], from, length)) {
                return;
            }
            at = at + 1 & mask;
        }
        byte[] copy = new byte[length];
        System.arraycopy(from, 0, copy, 0, length);
        bytes[at] = copy;
        strings[at] = string;
        room--;
    }

    private static boolean same(byte[] known, byte[] from, int length) {
        if (known.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known[i] != from[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] from, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + from[i];
        }
        return hash ^ hash >>> 15;
    }
}
