package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An author and somebody who approves, with keys, and the trust policy that lists both: all made by the command line. */
final class Signers {
    private final Path folder;

    Signers(Path folder) throws IOException {
        this.folder = folder;
        StringBuilder trust = new StringBuilder("keys:\n");
        trust.append(listed("anna", "author:*", "author:locked", "rollback"));
        trust.append(listed("ben", "approve:*", "approve:locked"));
        Files.writeString(trust(), trust);
    }

    Path trust() {
        return folder.resolve("trust.yaml");
    }

    /** Packs a configuration; {@code base} as the command takes it. */
    String bundle(Path config, String base, String name) {
        String archive = folder.resolve(name + ".zip").toString();
        fine(
                "bundle",
                config.toString(),
                "--models=" + Path.of("models").toAbsolutePath(),
                "--base=" + base,
                "-o=" + archive);
        return archive;
    }

    void sign(String archive) {
        fine("sign", archive, "--key=" + key("anna"), "--key-id=anna");
        fine("approve", archive, "--key=" + key("ben"), "--key-id=ben");
    }

    Path key(String id) {
        return folder.resolve(id + ".pem");
    }

    private String listed(String id, String... roles) {
        String[] command = new String[4 + roles.length];
        command[0] = "new-signing-key";
        command[1] = "--id=" + id;
        command[2] = "--name=" + id;
        command[3] = "--out=" + key(id);
        for (int i = 0; i < roles.length; i++) {
            command[4 + i] = "--role=" + roles[i];
        }
        String said = fine(command).out();
        return said.substring(said.indexOf("  - id:"));
    }

    private Executable.Ran fine(String... command) {
        Executable.Ran ran = Executable.run(folder, command);
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }
}
