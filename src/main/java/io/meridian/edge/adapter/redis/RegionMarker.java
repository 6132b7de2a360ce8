package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The signed mark that says: this Redis holds the profiles, and the opt-outs, of this region.
 *
 * <p>A Redis that was restarted empty, or the one of another region, has no such mark. Reading from it would forget opt-outs.
 */
public final class RegionMarker {
    /** Where the mark stands, but in a cluster. */
    public static final String KEY = "meridian:region";

    /** How marking ended. */
    public enum Marking {
        MARKED,
        /** The same mark stood already. */
        STOOD,
        /** Another region's mark stands, or one made with another key: nothing changed. */
        FOREIGN
    }

    private final String region;
    private final byte[] value;

    /** @param region the region's id, 1 to 64 characters */
    public RegionMarker(String region, RegionKey key) {
        this.region = region;
        // A pseudonym's input never starts with 0x01, so that a mark is no one's pseudonym.
        Mac mac = key.newMac();
        mac.update((byte) 1);
        byte[] signature = mac.doFinal(("meridian:region:" + region).getBytes(StandardCharsets.UTF_8));
        String text =
                "1|" + region + "|" + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        this.value = text.getBytes(StandardCharsets.UTF_8);
    }

    public String region() {
        return region;
    }

    /** The mark as it is stored. */
    byte[] value() {
        return value.clone();
    }

    /** True if these bytes are this region's mark. */
    boolean matches(byte @Nullable [] found) {
        return found != null && MessageDigest.isEqual(found, value);
    }

    /** Asks for the mark that stands there. */
    Request question(String key) {
        return Request.cmd(Command.GET).arg(key);
    }

    /** Where the mark of a cluster's slot stands: in it. */
    static String key(int slot) {
        return KEY + ":{" + Slots.tag(slot) + "}";
    }

    /** What a node's mark, as it answered, says of it. */
    LinkTarget.Verdict judge(@Nullable Response found) {
        boolean right = found != null && found.type() == ResponseType.BULK && matches(found.toBytes());
        return right ? LinkTarget.Verdict.RIGHT : LinkTarget.Verdict.UNMARKED;
    }

    /**
     * Marks a Redis as this region's. For operators, and for the start of a demonstration. Fails with {@link MarkingException}.
     *
     * @param overwrite true to replace another region's mark
     */
    public Future<Marking> mark(Vertx vertx, RedisSettings settings, boolean overwrite) {
        return new RegionMarking(vertx, settings, this, overwrite).run();
    }
}
