package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
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
    /** Where the mark stands. */
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

    /** True if these bytes are this region's mark. */
    boolean matches(byte @Nullable [] found) {
        return found != null && MessageDigest.isEqual(found, value);
    }

    /**
     * Marks a Redis as this region's. For operators, and for the start of a demonstration.
     *
     * @param overwrite true to replace another region's mark
     */
    public Future<Marking> mark(Vertx vertx, RedisSettings settings, boolean overwrite) {
        Redis client = Redis.createClient(vertx, settings.options());
        return client.connect()
                .compose(connection -> mark(connection, overwrite))
                .onComplete(ignored -> client.close());
    }

    private Future<Marking> mark(RedisConnection connection, boolean overwrite) {
        Request get = Request.cmd(Command.GET).arg(KEY);
        return connection.send(get).compose(found -> {
            if (found != null && matches(found.toBytes())) {
                return Future.succeededFuture(Marking.STOOD);
            }
            if (found != null && !overwrite) {
                return Future.succeededFuture(Marking.FOREIGN);
            }
            Request set = Request.cmd(Command.SET).arg(KEY).arg(value);
            if (!overwrite) {
                set.arg("NX");
            }
            return connection.send(set).map(done -> done == null ? Marking.FOREIGN : Marking.MARKED);
        });
    }
}
