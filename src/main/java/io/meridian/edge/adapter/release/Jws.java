package io.meridian.edge.adapter.release;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Ed25519;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.Signature.Standing;
import io.meridian.edge.core.release.TrustPolicy;
import io.meridian.edge.core.release.TrustPolicy.Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Signature in compact form (RFC 7515), Ed25519 only (RFC 8037; {@code Ed25519} as in RFC 9864, {@code EdDSA} is taken too).
 *
 * <p>Over a bundle it is detached (appendix F) with the payload as it is (RFC 7797): {@code <header>..<signature>}, and the header says
 * {@code act}. An order to step back carries its payload. The {@code typ} keeps one from passing for the other.
 *
 * @param header the protected header in Base64url, as it was signed
 * @param kid id of the key
 * @param act null in an order
 * @param payload in Base64url; empty if detached
 */
record Jws(String header, String kid, @Nullable Act act, String payload, byte[] signature) {
    /** The largest, in characters. */
    static final int MAX_CHARACTERS = 8_192;

    private static final String BUNDLE = "meridian-bundle";
    private static final String ORDER = "meridian-rollback";

    /** Signs the digest of a bundle. Throws {@link IllegalArgumentException} for a key id that is none, or a key of another kind. */
    static Jws detached(String kid, Act act, PrivateKey key, String digest) {
        String header = base64(header(kid, act));
        return new Jws(header, kid, act, "", Ed25519.sign(key, input(header, digest)));
    }

    /** Signs an order, which goes with it. Throws as {@link #detached}. */
    static Jws order(String kid, PrivateKey key, byte[] payload) {
        String header = base64(header(kid, null));
        String encoded = base64(payload);
        return new Jws(header, kid, null, encoded, Ed25519.sign(key, input(header, encoded)));
    }

    /** Looks at the signature of a bundle. */
    Standing over(String digest, TrustPolicy trust) {
        return standing(input(header, digest), trust);
    }

    /** Looks at the signature of an order. */
    Standing standing(TrustPolicy trust) {
        return standing(input(header, payload), trust);
    }

    /** {@code sha256:} and the SHA-256 of what is signed, if the payload goes with it. */
    String id() {
        return ContentDigest.named(input(header, payload));
    }

    byte[] payloadBytes() throws ReleaseRefused {
        return decode(payload, "its payload", Code.BAD_ROLLBACK);
    }

    /** In compact form. */
    @Override
    public String toString() {
        return header + "." + payload + "." + base64(signature);
    }

    static Jws parseDetached(String text, String what) throws ReleaseRefused {
        Jws jws = parse(text, what, true);
        if (!jws.payload().isEmpty()) {
            throw new ReleaseRefused(Code.BAD_SIGNATURE, what + " carries a payload; it must be detached");
        }
        return jws;
    }

    static Jws parseOrder(String text) throws ReleaseRefused {
        return parse(text, "the order", false);
    }

    private static Jws parse(String text, String what, boolean detached) throws ReleaseRefused {
        String[] parts = text.length() > MAX_CHARACTERS ? new String[0] : text.split("\\.", -1);
        if (parts.length != 3) {
            throw new ReleaseRefused(Code.BAD_SIGNATURE, what + " is no JSON Web Signature in compact form");
        }
        StrictTree header = StrictTree.parse(decode(parts[0], what, Code.BAD_SIGNATURE), what, Code.BAD_SIGNATURE);
        String alg = header.text("alg");
        if (!alg.equals("Ed25519") && !alg.equals("EdDSA")) {
            throw header.refused("alg must be Ed25519");
        }
        String typ = detached ? BUNDLE : ORDER;
        if (!header.text("typ").equals(typ)) {
            throw header.refused("typ must be " + typ);
        }
        String kid = header.text("kid");
        if (!TrustPolicy.isId(kid)) {
            throw header.refused("kid must be the id of a key");
        }
        Act act = null;
        if (detached) {
            header.only("alg", "b64", "crit", "kid", "typ", "act");
            act = act(header);
        } else {
            header.only("alg", "kid", "typ");
        }
        byte[] signature = decode(parts[2], what, Code.BAD_SIGNATURE);
        if (signature.length != Ed25519.SIGNATURE_BYTES) {
            throw header.refused("a signature has " + Ed25519.SIGNATURE_BYTES + " bytes");
        }
        return new Jws(parts[0], kid, act, parts[1], signature);
    }

    /** Checks what a detached signature must say besides. RFC 7797: who does not know {@code b64} must not take it. */
    private static Act act(StrictTree header) throws ReleaseRefused {
        JsonNode crit = header.node("crit");
        if (!header.node("b64").isBoolean() || header.node("b64").booleanValue()) {
            throw header.refused("b64 must be false");
        }
        if (!crit.isArray() || crit.size() != 1 || !"b64".equals(crit.get(0).textValue())) {
            throw header.refused("crit must be [\"b64\"]");
        }
        String word = header.text("act");
        return Arrays.stream(Act.values())
                .filter(act -> act.word().equals(word))
                .findFirst()
                .orElseThrow(() -> header.refused("act must be author or approve"));
    }

    private Standing standing(byte[] input, TrustPolicy trust) {
        Key key = trust.key(kid);
        if (key == null) {
            return Standing.UNKNOWN_SIGNER;
        }
        return Ed25519.verify(key.publicKey(), input, signature) ? Standing.VERIFIED : Standing.WRONG;
    }

    private static byte[] header(String kid, @Nullable Act act) {
        if (!TrustPolicy.isId(kid)) {
            throw new IllegalArgumentException("'" + kid + "' is no id of a key; " + TrustPolicy.ID_ADVICE);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictTree.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("alg", "Ed25519");
            if (act != null) {
                json.writeBooleanField("b64", false);
                json.writeArrayFieldStart("crit");
                json.writeString("b64");
                json.writeEndArray();
            }
            json.writeStringField("kid", kid);
            json.writeStringField("typ", act == null ? ORDER : BUNDLE);
            if (act != null) {
                json.writeStringField("act", act.word());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] input(String header, String payload) {
        return (header + "." + payload).getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes only what {@link #base64} gives: the decoder itself overlooks padding and left-over bits. */
    private static byte[] decode(String text, String what, Code code) throws ReleaseRefused {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below.
        }
        throw new ReleaseRefused(code, what + " is not in Base64url without padding (RFC 4648)");
    }
}
