package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A key goes only where nobody listens, and what an edge says is neither believed nor let loose on a terminal. */
class AdminClientTest {
    @Test
    void aKeyGoesOverHttpsOrToThisMachineUnlessSomebodySaysOtherwise() {
        for (String away : new String[] {
            "http://edge.example:8100", "http://10.0.0.1", "http://127.0.0.1.example", "http://localhost.example"
        }) {
            assertThrows(IllegalArgumentException.class, () -> new AdminClient(away, "secret", false), away);
            assertDoesNotThrow(() -> new AdminClient(away, "secret", true), away);
            assertDoesNotThrow(() -> new AdminClient(away, null, false), away);
        }
        for (String fine : new String[] {
            "https://edge.example", "http://127.0.0.1:8100", "http://LOCALHOST:8100", "http://[::1]:8100"
        }) {
            assertDoesNotThrow(() -> new AdminClient(fine, "secret", false), fine);
        }
    }

    @Test
    void nothingAnEdgeSaysMovesTheCursorOrPosesAsALineOfOurs() {
        String evil = "a\u001b[2Jb\u009bc\r\u202ed\u2028e\tf\nedge: revision 9 decides – ü 😀";
        assertEquals(
                "a\uFFFD[2Jb\uFFFDc\uFFFD\uFFFDd\uFFFDe\uFFFDf\n      edge: revision 9 decides – ü 😀",
                Printable.of(evil));
        AdminClient.Reply reply =
                new AdminClient.Reply(409, "{\"refusals\":[{\"code\":\"wrong-base\",\"detail\":\"a\\u001b[2J\"}]}");
        String told = AdminCommand.refused(reply);
        assertTrue(told.contains("wrong-base"), told);
        assertFalse(told.contains("\u001b"), told);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] chunk = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 4 * (AdminClient.MAX_ANSWER >> 16); i++) {
                    body.write(chunk);
                }
            }
        });
        server.start();
        try {
            AdminClient client =
                    new AdminClient("http://127.0.0.1:" + server.getAddress().getPort(), null, false);
            IOException tooMuch = assertThrows(IOException.class, () -> client.get("v1/bundle"));
            assertTrue(tooMuch.getMessage().contains("more than"), tooMuch.getMessage());
        } finally {
            server.stop(0);
        }
    }
}
