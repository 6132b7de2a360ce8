package io.meridian.edge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of a test's own, and certificates it signs; made with the JDK's keytool. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    /** @param folder an existing one, of this authority alone */
    public TestCertificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c");
        write("ca", false);
    }

    /** The authority's own certificate as PEM. */
    public Path authority() {
        return folder.resolve("ca.crt");
    }

    /**
     * Makes {@code name.crt} and {@code name.key}, PEM.
     *
     * @param alternatives as keytool takes them, {@code ip:127.0.0.1,dns:localhost} say
     */
    public void issue(String name, String alternatives) {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-signer", "ca", "-ext", "san=" + alternatives);
        write(name, true);
    }

    /** Arguments of a Redis that speaks TLS with such a certificate, and asks for none. */
    public List<String> redisArguments(String name) {
        return List.of(
                "--port",
                "0",
                "--tls-cert-file",
                folder.resolve(name + ".crt").toString(),
                "--tls-key-file",
                folder.resolve(name + ".key").toString(),
                "--tls-ca-cert-file",
                authority().toString(),
                "--tls-auth-clients",
                "no");
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write(String alias, boolean key) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] certificate = keys.getCertificate(alias).getEncoded();
            Files.writeString(folder.resolve(alias + ".crt"), pem("CERTIFICATE", certificate));
            if (key) {
                byte[] secret = keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
                Files.writeString(folder.resolve(alias + ".key"), pem("PRIVATE KEY", secret));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
