package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.SubjectId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/**
 * Turns an identifier into the names of its keys, without any personal data in them.
 *
 * <p>The pseudonym is a character for the key's version and, in 22 characters of base64url, the first 128 bits of HMAC-SHA-256 of
 * namespace, a zero byte and identifier under the region's key. It stands in braces, so that all keys of a subject share a slot:
 * <code>{1AbC…}:tx</code>. Safe for use by any thread.
 */
public final class Pseudonymiser {
    /** The version of a region's first key. */
    public static final char FIRST_VERSION = '1';

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final int PSEUDONYM_BYTES = 16;
    private static final int PREFIX_LENGTH = 1 + 1 + 22 + 1 + 1;
    private static final byte[][] CLASS_SUFFIXES = new byte[DataClass.count()][];
    private static final byte[] CONSENT_SUFFIX = {'c'};
    private static final byte[] EVENTS_SUFFIX = {'e'};

    static {
        for (int i = 0; i < CLASS_SUFFIXES.length; i++) {
            CLASS_SUFFIXES[i] = DataClass.at(i).keySuffix().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** What one thread needs; a Mac cannot be shared. */
    private static final class Workplace {
        private final Mac mac;
        private final byte[] input = new byte[(2 * SubjectId.MAX_LENGTH) * 3 + 1];
        private final byte[] digest = new byte[32];

        Workplace(Mac mac) {
            this.mac = mac;
        }
    }

    private final byte version;
    private final ThreadLocal<Workplace> workplaces;

    /** @param version one ASCII letter or digit that names the key, so that keys made under another are told apart */
    public Pseudonymiser(RegionKey key, char version) {
        if (!(version >= '0' && version <= '9'
                || version >= 'a' && version <= 'z'
                || version >= 'A' && version <= 'Z')) {
            throw new IllegalArgumentException("a key version is one ASCII letter or digit");
        }
        this.version = (byte) version;
        this.workplaces = ThreadLocal.withInitial(() -> new Workplace(key.newMac()));
    }

    /**
     * What the names of all keys of a subject begin with, to be given to the methods below. Throws IllegalArgumentException if the
     * namespace or the identifier is longer than {@link SubjectId#MAX_LENGTH} or the namespace has a zero character.
     */
    public byte[] prefix(SubjectId subject) {
        String namespace = subject.namespace();
        String id = subject.id();
        if (namespace.length() > SubjectId.MAX_LENGTH
                || id.length() > SubjectId.MAX_LENGTH
                || namespace.indexOf(0) >= 0) {
            throw new IllegalArgumentException("namespace or identifier is too long or malformed");
        }
        Workplace workplace = workplaces.get();
        int length = append(workplace.input, 0, namespace);
        workplace.input[length++] = 0;
        length = append(workplace.input, length, id);
        try {
            workplace.mac.update(workplace.input, 0, length);
            workplace.mac.doFinal(workplace.digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the digest has room for 32 bytes", e);
        }
        return encode(workplace.digest);
    }

    /** The key of a data class. */
    static byte[] classKey(byte[] prefix, int classOrdinal) {
        return key(prefix, CLASS_SUFFIXES[classOrdinal]);
    }

    /** The key of the stored consent. */
    static byte[] consentKey(byte[] prefix) {
        return key(prefix, CONSENT_SUFFIX);
    }

    /** The key of the events already seen. */
    static byte[] eventsKey(byte[] prefix) {
        return key(prefix, EVENTS_SUFFIX);
    }

    private static byte[] key(byte[] prefix, byte[] suffix) {
        byte[] key = new byte[prefix.length + suffix.length];
        System.arraycopy(prefix, 0, key, 0, prefix.length);
        System.arraycopy(suffix, 0, key, prefix.length, suffix.length);
        return key;
    }

    private byte[] encode(byte[] digest) {
        byte[] prefix = new byte[PREFIX_LENGTH];
        prefix[0] = '{';
        prefix[1] = version;
        int to = 2;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < PSEUDONYM_BYTES; i++) {
            bits = bits << 8 | digest[i] & 0xFF;
            held += 8;
            while (held >= 6) {
                held -= 6;
                prefix[to++] = ALPHABET[bits >> held & 63];
            }
        }
        prefix[to++] = ALPHABET[bits << 6 - held & 63];
        prefix[to++] = '}';
        prefix[to] = ':';
        return prefix;
    }

    /**
     * Writes each UTF-16 unit as if it were a character of its own: unlike UTF-8 of a string with lone surrogates this never gives two
     * strings the same bytes.
     */
    private static int append(byte[] to, int at, String text) {
        int position = at;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[position++] = (byte) c;
            } else if (c < 0x800) {
                to[position++] = (byte) (0xC0 | c >> 6);
                to[position++] = (byte) (0x80 | c & 63);
            } else {
                to[position++] = (byte) (0xE0 | c >> 12);
                to[position++] = (byte) (0x80 | c >> 6 & 63);
                to[position++] = (byte) (0x80 | c & 63);
            }
        }
        return position;
    }
}
