package io.meridian.edge.adapter.redis;

import java.nio.file.FileSystemException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a Redis could not be marked. The message is for an operator and holds nothing that was sent or answered. */
public final class MarkingException extends Exception {
    private static final long serialVersionUID = 1;

    /** Failures of our own making, whose messages are known. */
    private static final Set<String> OWN =
            Set.of(ClusterView.UNHEALTHY, SentinelView.UNKNOWN, SentinelView.NO_MASTER, RegionMarking.CHANGING);

    /** An exception and its causes are looked at so deep. */
    private static final int MAX_CAUSES = 8;

    private MarkingException(String message) {
        super(message);
    }

    static MarkingException of(Throwable failure) {
        String message = failure.getMessage();
        return new MarkingException(message != null && OWN.contains(message) ? message : told(failure));
    }

    private static String told(Throwable failure) {
        String kind = RedisErrors.kind(failure);
        if (RedisErrors.isAnswer(failure)) {
            return switch (kind) {
                case "WRONGPASS", "NOAUTH", "AUTH" -> "Redis does not accept the user or the password (" + kind + ")";
                case "NOPERM" -> "Redis does not allow its user what is needed (NOPERM)";
                case "READONLY" -> "this Redis is a replica, which takes no changes (READONLY)";
                case "MOVED" -> "this Redis is a node of a cluster and was not called one (MOVED)";
                default -> "Redis refuses it (" + kind + ")";
            };
        }
        if (isOrIsCausedBy(failure, SSLException.class) || isOrIsCausedBy(failure, CertificateException.class)) {
            return "no TLS connection can be made: the certificate is of another host or authority, or there is no TLS ("
                    + kind + ")";
        }
        if (failure instanceof FileSystemException) {
            return "the password file cannot be read (" + kind + ")";
        }
        if (failure instanceof TimeoutException) {
            return "Redis does not answer in time";
        }
        return "Redis cannot be reached (" + kind + ")";
    }

    private static boolean isOrIsCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        @Nullable Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
            if (kind.isInstance(at)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
