package io.meridian.edge.adapter.release;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.core.release.Signature;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Instant;

/** Orders to step back as they travel: a JSON Web Signature in compact form with the order as its payload. */
public final class RollbackOrders {
    /** The largest order, in bytes. */
    public static final int MAX_BYTES = Jws.MAX_CHARACTERS;

    private RollbackOrders() {}

    /**
     * An order with its signature.
     *
     * @param id {@code sha256:} and the SHA-256 of what was signed, header and payload. The signature is left out of it, so that
     *     the same order is the same whatever is tried with its signature
     * @param kid id of the key it says it was signed with
     */
    public record Signed(RollbackOrder order, String id, String kid, Signature.Standing standing) {}

    /** Signs an order. Gives ASCII text. Throws {@link IllegalArgumentException} for a key id that is none, or a key of another kind. */
    public static String sign(RollbackOrder order, String kid, PrivateKey key) {
        return Jws.order(kid, key, payload(order)).toString();
    }

    /** Reads an order and verifies its signature; whether to carry it out is asked of {@link RollbackOrder#refusals}. */
    public static Signed read(String text, TrustPolicy trust) throws ReleaseRefused {
        Jws jws = Jws.parseOrder(text.strip());
        StrictTree root = StrictTree.parse(jws.payloadBytes(), "the order", Code.BAD_ROLLBACK);
        root.only("rollback");
        StrictTree rollback = root.object("rollback");
        rollback.only("region", "from", "to", "reason", "notAfter");
        return new Signed(order(rollback), jws.id(), jws.kid(), jws.standing(trust));
    }

    private static RollbackOrder order(StrictTree rollback) throws ReleaseRefused {
        String region = rollback.text("region");
        String from = rollback.text("from");
        String to = rollback.text("to");
        String reason = rollback.text("reason");
        Instant notAfter = time(rollback);
        try {
            return new RollbackOrder(region, from, to, reason, notAfter);
        } catch (IllegalArgumentException wrong) {
            throw rollback.refused("/" + wrong.getMessage());
        }
    }

    private static byte[] payload(RollbackOrder order) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictTree.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("rollback");
            json.writeStringField("region", order.region());
            json.writeStringField("from", order.from());
            json.writeStringField("to", order.to());
            json.writeStringField("reason", order.reason());
            json.writeStringField("notAfter", order.notAfter().toString());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Instant time(StrictTree rollback) throws ReleaseRefused {
        try {
            return Instant.parse(rollback.text("notAfter"));
        } catch (DateTimeException notATime) {
            throw rollback.refused("/notAfter is no time such as 2026-03-01T00:00:00Z");
        }
    }
}
