package io.meridian.load.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixTest {
    @TempDir
    private Path folder;

    private String shipped = "";

    @BeforeEach
    void read() throws IOException {
        try (InputStream in = Mix.class.getResourceAsStream("/mix.properties")) {
            shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void commentsAreNoOtherMixSharesAre() throws IOException {
        Mix mix = Mix.read(null);

        assertEquals(mix.digest(), mix("# another remark\n" + shipped).digest());
        assertNotEquals(
                mix.digest(),
                mix(shipped.replace("share.events           = 6", "share.events = 7"))
                        .digest());
    }

    @Test
    void whatIsWrongIsNamed() {
        assertTrue(refusal(shipped.replace("share.events ", "share.event ")).contains("\"share.events\""));
        assertTrue(refusal(shipped.replace("DE:45", "DE")).contains("\"DE\""));
        assertTrue(refusal(shipped.replace("regulars           = 200", "regulars = 0.5"))
                .contains("\"regulars\""));
    }

    private String refusal(String text) {
        return assertThrows(Refused.class, () -> mix(text)).getMessage();
    }

    private Mix mix(String text) throws IOException {
        return Mix.read(Files.writeString(folder.resolve("mix.properties"), text));
    }
}
