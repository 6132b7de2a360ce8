package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Ed25519;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.core.release.Signature.Standing;
import io.meridian.edge.core.release.TrustPolicy;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our signatures and jose4j's, each read by the other; and headers that must not be taken. */
class JwsTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String HEADER =
            "{\"alg\":\"Ed25519\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"anna\",\"typ\":\"meridian-bundle\",\"act\":\"author\"}";

    private final Releases people = new Releases().person("anna", "author:*").person("ben", "approve:*");
    private final TrustPolicy trust = people.trust();

    /** jose4j knows the algorithm, and by now only its older name. */
    @BeforeAll
    static void teachTheNewName() {
        EdDsaAlgorithm algorithm = new EdDsaAlgorithm();
        algorithm.setAlgorithmIdentifier("Ed25519");
        AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().registerAlgorithm(algorithm);
    }

    @Test
    void theirsVerifiesOurs() throws JoseException {
        String text = Jws.detached("anna", Act.APPROVE, people.keys("anna").getPrivate(), DIGEST)
                .toString();
        JsonWebSignature theirs = theirs(text);
        theirs.setPayload(DIGEST);
        assertTrue(theirs.verifySignature());
        assertEquals("approve", theirs.getHeader("act"));
        JsonWebSignature over = theirs(text);
        over.setPayload(DIGEST.replace('a', 'c'));
        assertFalse(over.verifySignature());
    }

    private JsonWebSignature theirs(String text) throws JoseException {
        JsonWebSignature theirs = new JsonWebSignature();
        theirs.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "Ed25519"));
        theirs.setCompactSerialization(text);
        theirs.setKey(people.keys("anna").getPublic());
        return theirs;
    }

    @Test
    void oursVerifiesTheirs() throws JoseException, ReleaseRefused {
        for (String alg : new String[] {"Ed25519", "EdDSA"}) {
            JsonWebSignature theirs = new JsonWebSignature();
            theirs.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, alg));
            theirs.setAlgorithmHeaderValue(alg);
            theirs.setHeader("b64", false);
            theirs.setCriticalHeaderNames("b64");
            theirs.setHeader("typ", "meridian-bundle");
            theirs.setHeader("act", "author");
            theirs.setKeyIdHeaderValue("anna");
            theirs.setPayload(DIGEST);
            theirs.setKey(people.keys("anna").getPrivate());
            Jws ours = Jws.parseDetached(theirs.getDetachedContentCompactSerialization(), "it");
            assertEquals(Standing.VERIFIED, ours.over(DIGEST, trust));
            assertEquals(Standing.WRONG, ours.over(DIGEST.replace('a', 'c'), trust));
            assertEquals(Act.AUTHOR, ours.act());
            assertEquals("anna", ours.kid());
        }
    }

    @Test
    void theirsVerifiesOurOrders() throws JoseException {
        String text = people.order(
                new RollbackOrder("*", DIGEST, "3", "wrong prices", Instant.parse("2026-03-01T00:00:00Z")), "ben");
        JsonWebSignature theirs = new JsonWebSignature();
        theirs.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "Ed25519"));
        theirs.setCompactSerialization(text);
        theirs.setKey(people.keys("ben").getPublic());
        assertTrue(theirs.verifySignature());
        assertEquals(
                "{\"rollback\":{\"region\":\"*\",\"from\":\"" + DIGEST
                        + "\",\"to\":\"3\",\"reason\":\"wrong prices\",\"notAfter\":\"2026-03-01T00:00:00Z\"}}",
                theirs.getPayload());
    }

    @Test
    void whatIsWrittenIsRead() throws ReleaseRefused {
        Jws jws = Jws.detached("anna", Act.AUTHOR, people.keys("anna").getPrivate(), DIGEST);
        assertEquals(HEADER, new String(Base64.getUrlDecoder().decode(jws.header()), StandardCharsets.UTF_8));
        Jws read = Jws.parseDetached(jws.toString(), "it");
        assertEquals(jws.toString(), read.toString());
        assertEquals(Standing.VERIFIED, read.over(DIGEST, trust));
    }

    @Test
    void aKeyVouchesOnlyForItself() {
        Jws jws = Jws.detached("ben", Act.APPROVE, people.keys("anna").getPrivate(), DIGEST);
        assertEquals(Standing.WRONG, jws.over(DIGEST, trust));
        Jws stranger = Jws.detached("mallory", Act.APPROVE, people.keys("anna").getPrivate(), DIGEST);
        assertEquals(Standing.UNKNOWN_SIGNER, stranger.over(DIGEST, trust));
    }

    @Test
    void headersThatMustNotBeTaken() throws ReleaseRefused {
        Jws.parseDetached(signed(HEADER), "it"); // the one that may
        for (String[] change : List.of(
                new String[] {"\"alg\":\"Ed25519\"", "\"alg\":\"none\""},
                new String[] {"\"Ed25519\"", "\"HS256\""},
                new String[] {"Ed25519", "ED25519"},
                new String[] {"\"alg\":\"Ed25519\",", ""},
                new String[] {"\"alg\":", "\"alg\":\"EdDSA\",\"alg\":"},
                new String[] {"\"b64\":false", "\"b64\":true"},
                new String[] {"\"b64\":false", "\"b64\":\"false\""},
                new String[] {"\"b64\":false,", ""},
                new String[] {"\"crit\":[\"b64\"],", ""},
                new String[] {"\"crit\":[\"b64\"]", "\"crit\":[]"},
                new String[] {"\"crit\":[\"b64\"]", "\"crit\":\"b64\""},
                new String[] {"\"crit\":[\"b64\"]", "\"crit\":[\"b64\",\"exp\"]"},
                new String[] {"\"meridian-bundle\"", "\"meridian-rollback\""},
                new String[] {",\"typ\":\"meridian-bundle\"", ""},
                new String[] {"\"act\":\"author\"", "\"act\":\"approver\""},
                new String[] {",\"act\":\"author\"", ""},
                new String[] {",\"act\":\"author\"", ",\"act\":\"author\",\"jwk\":{}"},
                new String[] {"\"anna\"", "\"\""},
                new String[] {"\"anna\"", "\"an na\""},
                new String[] {"\"anna\"", "7"})) {
            String header = HEADER.replace(change[0], change[1]);
            assertFalse(header.equals(HEADER), change[0]);
            assertRefused(signed(header), header);
        }
        assertRefused(signed("7"), "7");
        assertRefused(signed(""), "");
        assertRefused(signed(HEADER + HEADER), "two headers");
    }

    @Test
    void thereIsOneWayToWriteASignature() {
        String good = signed(HEADER);
        String last = good.substring(good.length() - 1);
        // 86 characters carry 516 bits for 512: sixteen last characters decode to the same signature.
        String sibling = String.valueOf((char) (last.charAt(0) + 1));
        assertRefused(good.substring(0, good.length() - 1) + sibling, "left-over bits");
        assertRefused(good + "==", "padding");
        assertRefused(good + "\n", "a new line");
        assertRefused(
                good.replace(
                        "..",
                        "." + Base64.getUrlEncoder().encodeToString(DIGEST.getBytes(StandardCharsets.UTF_8)) + "."),
                "attached");
        assertRefused(good.replace("..", "."), "two parts");
        assertRefused(good + ".", "four parts");
        String header = good.substring(0, good.indexOf(".."));
        assertRefused(
                header + ".." + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[63]),
                "a short signature");
        assertRefused("x".repeat(Jws.MAX_CHARACTERS + 1), "too long");
        assertRefused("", "empty");
    }

    private String signed(String header) {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        byte[] signature = Ed25519.sign(
                people.keys("anna").getPrivate(), (encoded + "." + DIGEST).getBytes(StandardCharsets.US_ASCII));
        return encoded + ".." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static void assertRefused(String jws, String what) {
        ReleaseRefused refused = assertThrows(ReleaseRefused.class, () -> Jws.parseDetached(jws, "it"), what);
        assertEquals(Code.BAD_SIGNATURE, refused.refusal().code(), what);
    }
}
