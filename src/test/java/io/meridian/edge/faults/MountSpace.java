package io.meridian.edge.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * File systems of our own, small enough to be filled, seen only by the processes started in here. They go with the process that holds
 * them, which ends with this JVM: nothing has to be unmounted, whatever happens. Only Linux, and only root, can make such a space.
 */
final class MountSpace implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final String VIEW = "-read-only";

    private final Process holder;
    private final boolean own;

    private MountSpace(Process holder, boolean own) {
        this.holder = holder;
        this.own = own;
    }

    /** Makes one if this machine lets us; otherwise its processes see the file systems everybody sees. */
    static MountSpace open() throws IOException, InterruptedException {
        // Its input ends with this JVM, and it with its input.
        Process holder = start(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", "echo made; cat"));
        boolean made = holder != null && holder.inputReader().readLine() != null;
        return new MountSpace(made ? holder : new ProcessBuilder("cat").start(), made);
    }

    private static @Nullable Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // There is no such program here.
            return null;
        }
    }

    /** True if mounts are possible. */
    boolean possible() {
        return own;
    }

    /** The command that runs another one in this space, as the same process. */
    List<String> within(List<String> command) {
        if (!own) {
            return command;
        }
        List<String> whole = new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.pid()), "--mount"));
        whole.add("--wd=" + Path.of("").toAbsolutePath());
        whole.addAll(command);
        return whole;
    }

    /** Puts a file system of so many bytes in a folder's place. */
    void mount(Path folder, long bytes) throws IOException, InterruptedException {
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    }

    /** Leaves no byte free where the folder is. */
    void fill(Path folder) throws IOException, InterruptedException {
        // That it ends with an error is the point.
        run("sh", "-c", "head -c 1G /dev/zero > '" + folder + "/filler' 2>/dev/null; true");
    }

    /** After {@link #fill}. */
    void drain(Path folder) throws IOException, InterruptedException {
        run("rm", "-f", folder + "/filler");
    }

    /** Whoever opens something in the folder from now on finds it read-only. */
    void protect(Path folder) throws IOException, InterruptedException {
        // Made beside it, where nobody opens anything before it is read-only.
        String view = folder + VIEW;
        run("mkdir", "-p", view);
        run("mount", "--bind", folder.toString(), view);
        run("mount", "-o", "remount,bind,ro", view);
        run("mount", "--bind", view, folder.toString());
    }

    /** After {@link #protect}. */
    void release(Path folder) throws IOException, InterruptedException {
        run("umount", "--lazy", folder.toString());
        run("umount", "--lazy", folder + VIEW);
    }

    /** Runs a command in this space; it must succeed. */
    void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(within(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + told);
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
