package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the region's Redis is and who we are to it.
 *
 * @param seeds the Redis itself; of a cluster some nodes, of a master with sentinels the sentinels; not empty
 * @param topology how its processes stand to each other
 * @param master the master's name, with sentinels
 * @param database number, 0 in a cluster
 * @param username of an ACL; null for the default user
 * @param password as the URL gave it; null if it gave none
 * @param passwordFile holds the password; read for every connection, so that it may change
 * @param caFile PEM of who signs the certificates; null for those the JVM trusts
 */
record RedisAccess(
        List<Endpoint> seeds,
        RedisTopology topology,
        @Nullable String master,
        int database,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable Path caFile) {

    /** What a new connection says first: who we are, and which database is meant. Reads a file; throws IOException if it cannot. */
    List<Request> greeting() throws IOException {
        List<Request> greeting = new ArrayList<>(authentication());
        if (database != 0) {
            greeting.add(Request.cmd(Command.SELECT).arg(database));
        }
        return greeting;
    }

    /** Who we are; empty if nobody. Reads a file; throws IOException if it cannot. */
    List<Request> authentication() throws IOException {
        String secret =
                passwordFile == null ? password : Files.readString(passwordFile).strip();
        if (secret == null) {
            return List.of();
        }
        Request auth = Request.cmd(Command.AUTH);
        return List.of((username == null ? auth : auth.arg(username)).arg(secret));
    }

    /** Hides what may be secret. */
    @Override
    public String toString() {
        return "RedisAccess[" + topology + " " + seeds + "]";
    }
}
