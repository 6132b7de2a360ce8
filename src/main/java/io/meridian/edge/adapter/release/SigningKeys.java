package io.meridian.edge.adapter.release;

import io.meridian.edge.core.release.Ed25519;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/** Private keys in files: PKCS #8 in PEM (RFC 7468, RFC 8410), as OpenSSL writes and reads them. */
public final class SigningKeys {
    private static final int MAX_BYTES = 4_096;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final String ALGORITHM = "Ed25519";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SigningKeys() {}

    /** A new key. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** A public key as {@code trust.yaml} has it: its 32 bytes in Base64url without padding. */
    public static String text(PublicKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Ed25519.raw(key));
    }

    /**
     * Writes a new file that only its owner may read and write.
     *
     * @throws FileAlreadyExistsException if there is one: a key that was overwritten is gone
     */
    public static void write(Path file, PrivateKey key) throws IOException {
        String pem = BEGIN + "\n" + Base64.getEncoder().encodeToString(key.getEncoded()) + "\n" + END + "\n";
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
        Files.writeString(file, pem, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    }

    /** Reads a key. Throws {@link IllegalArgumentException}, which tells nothing of the content, if the file holds no such key. */
    public static PrivateKey read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Arrays.fill(bytes, (byte) 0);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (text.length() > MAX_BYTES || begin < 0 || end < begin) {
            throw new IllegalArgumentException("there is no Ed25519 private key in PEM (" + BEGIN
                    + ") in it; meridian new-signing-key makes one, or openssl genpkey -algorithm ed25519");
        }
        try {
            String base64 = text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(encoded);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the private key in it is no Ed25519 key; openssl genpkey -algorithm ed25519 makes one", e);
        }
    }
}
