package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Ed25519;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    /** The first test of RFC 8032, section 7.1, as {@code openssl pkey} writes its key. */
    private static final String OPENSSL = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    private static final byte[] RFC_PUBLIC =
            HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    private static final String RFC_SIGNATURE =
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
                    + "25bf5f0595bbe24655141438e7a100b";

    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWrittenAndIsForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("key.pem");
        KeyPair pair = SigningKeys.generate();
        SigningKeys.write(file, pair.getPrivate());
        byte[] message = "m".getBytes(StandardCharsets.UTF_8);
        byte[] signature = Ed25519.sign(SigningKeys.read(file), message);
        assertTrue(Ed25519.verify(pair.getPublic(), message, signature));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertThrows(FileAlreadyExistsException.class, () -> SigningKeys.write(file, pair.getPrivate()));
        byte[] raw = Base64.getUrlDecoder().decode(SigningKeys.text(pair.getPublic()));
        assertEquals(pair.getPublic(), Ed25519.publicKey(raw));
    }

    @Test
    void signsAsTheStandardSays() throws IOException {
        Path file = Files.writeString(folder.resolve("openssl.pem"), "some remark\n" + OPENSSL);
        byte[] signature = Ed25519.sign(SigningKeys.read(file), new byte[0]);
        assertArrayEquals(HexFormat.of().parseHex(RFC_SIGNATURE), signature);
        assertTrue(Ed25519.verify(Ed25519.publicKey(RFC_PUBLIC), new byte[0], signature));
        assertFalse(Ed25519.verify(Ed25519.publicKey(RFC_PUBLIC), new byte[1], signature));
        assertFalse(Ed25519.verify(Ed25519.publicKey(RFC_PUBLIC), new byte[0], new byte[64]));
        assertFalse(Ed25519.verify(Ed25519.publicKey(RFC_PUBLIC), new byte[0], new byte[3]));
    }

    @Test
    void whatIsNoKeyIsToldWithoutShowingIt() throws IOException, NoSuchAlgorithmException {
        String rsa = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("EC")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        for (String text : new String[] {
            "",
            "secret",
            OPENSSL.replace("PRIVATE", "PUBLIC"),
            OPENSSL.replace("MC4C", "secret!"),
            OPENSSL.replace("MC4C", "MC4D"),
            OPENSSL.replaceFirst("(?s)-----BEGIN PRIVATE KEY-----\\s[^-]*", "$0x"),
            "-----BEGIN PRIVATE KEY-----\n" + rsa + "\n-----END PRIVATE KEY-----\n",
            "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n",
            "x".repeat(10_000) + OPENSSL
        }) {
            Path file = Files.writeString(folder.resolve("bad.pem"), text);
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> SigningKeys.read(file), text);
            assertFalse(refused.getMessage().contains("secret"));
        }
    }

    @Test
    void aKeyUnderWhichAnybodyCouldSignIsNone() {
        byte[] zeros = new byte[32];
        assertThrows(IllegalArgumentException.class, () -> Ed25519.publicKey(zeros));
        for (String hex : new String[] {
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        }) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Ed25519.publicKey(HexFormat.of().parseHex(hex)),
                    hex);
        }
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        assertThrows(IllegalArgumentException.class, () -> Ed25519.publicKey(noPoint));
        assertThrows(IllegalArgumentException.class, () -> Ed25519.publicKey(new byte[31]));
    }
}
