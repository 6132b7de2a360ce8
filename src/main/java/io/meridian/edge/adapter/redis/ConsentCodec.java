package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.StoredConsent;
import java.io.IOException;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * A stored consent as MessagePack, so that the scripts in Redis can read it too: {@code [version, given, explicit, refused, updatedAt,
 * erased, closed]}. {@code closed} is the mask of data classes that were deleted with it; bulk loads leave those alone.
 */
final class ConsentCodec {
    static final int VERSION = 1;
    private static final int FIELDS = 7;

    /** The library's own buffer of 8 KB would cost more than all the packing. */
    private static final MessagePack.PackerConfig SMALL = new MessagePack.PackerConfig().withBufferSize(32);

    private ConsentCodec() {}

    static byte[] encode(StoredConsent consent, int closedClasses) {
        try (MessageBufferPacker packer = SMALL.newBufferPacker()) {
            packer.packArrayHeader(FIELDS)
                    .packInt(VERSION)
                    .packInt(consent.given())
                    .packInt(consent.explicit())
                    .packInt(consent.refused())
                    .packLong(consent.updatedAt())
                    .packBoolean(consent.erased())
                    .packInt(closedClasses);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory has no I/O errors", e);
        }
    }

    /** Throws IOException or MessagePackException for what is not a consent record. Fields after the known ones are ignored. */
    static StoredConsent decode(MessageUnpacker unpacker) throws IOException {
        if (unpacker.unpackArrayHeader() < FIELDS - 1 || unpacker.unpackInt() != VERSION) {
            throw new IOException("not a consent record");
        }
        return new StoredConsent(
                unpacker.unpackInt(),
                unpacker.unpackInt(),
                unpacker.unpackInt(),
                unpacker.unpackLong(),
                unpacker.unpackBoolean());
    }
}
