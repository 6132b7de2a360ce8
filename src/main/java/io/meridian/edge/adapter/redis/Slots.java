package io.meridian.edge.adapter.redis;

import java.nio.charset.StandardCharsets;

/** The hash slots of Redis Cluster: CRC16 (XMODEM) of what stands in a key's first braces, of the whole key if nothing does, modulo 16384. */
final class Slots {
    static final int COUNT = 16_384;

    private static final int[] CRC = new int[256];
    /** Per slot a number whose decimal digits hash to it. */
    private static final int[] TAGS = new int[COUNT];

    static {
        for (int i = 0; i < CRC.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
            CRC[i] = crc & 0xFFFF;
        }
        int found = 0;
        for (int number = 1; found < COUNT; number++) {
            byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
            int slot = hash(digits, 0, digits.length);
            if (TAGS[slot] == 0) {
                TAGS[slot] = number;
                found++;
            }
        }
    }

    private Slots() {}

    static int of(byte[] key) {
        int open = indexOf(key, '{', 0);
        int close = open < 0 ? -1 : indexOf(key, '}', open + 1);
        return close <= open + 1 ? hash(key, 0, key.length) : hash(key, open + 1, close);
    }

    /** Something that hashes to a slot, to be put between braces. */
    static int tag(int slot) {
        return TAGS[slot];
    }

    private static int hash(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8 ^ CRC[(crc >> 8 ^ bytes[i]) & 0xFF]) & 0xFFFF;
        }
        return crc & COUNT - 1;
    }

    private static int indexOf(byte[] bytes, char sought, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == sought) {
                return i;
            }
        }
        return -1;
    }
}
