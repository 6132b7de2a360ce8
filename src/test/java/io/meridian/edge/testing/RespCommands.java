package io.meridian.edge.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the commands out of what a client sends to Redis, however the bytes are cut. One per connection. */
public final class RespCommands {
    private byte[] rest = new byte[0];
    private int at;

    /** The commands that are whole with these bytes, each as {@code NAME arg arg …} in Latin-1, so that any byte can be looked for. */
    public List<String> add(byte[] bytes) {
        byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
        System.arraycopy(bytes, 0, all, rest.length, bytes.length);
        rest = all;
        List<String> commands = new ArrayList<>();
        int end = 0;
        for (String command = next(); command != null; command = next()) {
            commands.add(command);
            end = at;
        }
        rest = Arrays.copyOfRange(rest, end, rest.length);
        at = 0;
        return commands;
    }

    private @Nullable String next() {
        int parts = number('*');
        if (parts < 0) {
            return null;
        }
        StringBuilder command = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            int length = number('$');
            if (length < 0 || at + length + 2 > rest.length) {
                return null;
            }
            String part = new String(rest, at, length, StandardCharsets.ISO_8859_1);
            command.append(i == 0 ? part.toUpperCase(Locale.ROOT) : " " + part);
            at += length + 2;
        }
        return command.toString();
    }

    /** The number of a line that begins so; -1 if it is not whole yet. */
    private int number(char sign) {
        int end = at;
        while (end < rest.length && rest[end] != '\r') {
            end++;
        }
        if (end + 1 >= rest.length) {
            return -1;
        }
        if (rest[at] != sign) {
            throw new IllegalStateException("no command begins with " + (char) rest[at]);
        }
        int number = Integer.parseInt(new String(rest, at + 1, end - at - 1, StandardCharsets.US_ASCII));
        at = end + 2;
        return number;
    }
}
