package io.meridian.edge.adapter.http.overload;

import io.meridian.edge.adapter.http.times.Door;
import io.meridian.edge.adapter.http.wire.OfrepFailure;
import io.meridian.edge.adapter.http.wire.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests away before the framework begins to handle them: at ten times of what can be answered there are ten refusals to an answer, and what the
 * framework spends on each would leave nothing for the answers.
 *
 * <p>Only plain ones, and only where nothing else is under way on the connection: HTTP/1.1 that stays open, a method whose answer has a body, a body of
 * known and bounded length, a path without anything to normalise. All others, and all where there is room, take the usual way, where the same rule holds.
 */
public final class EarlyRefusal {
    /** The framework's names of its handlers; where they are others, every refusal takes the usual way. */
    private static final String DECODER = "httpDecoder";

    private static final String IDLE = "idle";
    private static final String NAME = "meridian-early-refusal";

    private final Overload overload;
    private final String subjectHeader;
    private final int maxBodyBytes;
    private final Consumer<Door> told;
    private final ByteBuf answer;
    private final ByteBuf ofrepAnswer;

    /**
     * @param subjectHeader the header that names a subject
     * @param maxBodyBytes of a body that is let pass by, 0 or more
     * @param retryAfterSeconds 1 or more
     * @param told a request was turned away at this door
     */
    public EarlyRefusal(
            Overload overload, String subjectHeader, int maxBodyBytes, int retryAfterSeconds, Consumer<Door> told) {
        this.overload = overload;
        this.subjectHeader = subjectHeader;
        this.maxBodyBytes = maxBodyBytes;
        this.told = told;
        this.answer = answer(Problem.MEDIA_TYPE, Overload.problem().json(), retryAfterSeconds);
        this.ofrepAnswer = answer("application/json", OfrepFailure.of(null, Overload.problem()), retryAfterSeconds);
    }

    private static ByteBuf answer(String mediaType, byte[] body, int retryAfterSeconds) {
        String head = "HTTP/1.1 429 Too Many Requests\r\nretry-after: " + retryAfterSeconds + "\r\ncontent-type: "
                + mediaType + "\r\ncache-control: private, no-store\r\ncontent-length: " + body.length + "\r\n\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        // Direct, or the socket would copy it for every caller.
        ByteBuf direct = Unpooled.directBuffer(first.length + body.length);
        direct.writeBytes(first).writeBytes(body);
        return Unpooled.unreleasableBuffer(direct).asReadOnly();
    }

    /** Watches a connection from its next request on; on its event loop. */
    public void join(WatchedConnection connection) {
        Channel channel = connection.channel();
        if (channel == null || connection.isMet()) {
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(DECODER) != null) {
            pipeline.addAfter(DECODER, NAME, new Refusing(connection));
        }
    }

    private @Nullable Door refused(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (!isPlain(path) || !isSimple(request)) {
            return null;
        }
        Door door = Door.of(path);
        if (door == Door.OTHER) {
            return null;
        }
        return overload.takes(overload.urgency(door, (HeadersMultiMap) request.headers(), subjectHeader)) ? null : door;
    }

    /** False for what the router would read otherwise. */
    private static boolean isPlain(String path) {
        return path.indexOf('%') < 0 && path.indexOf(';') < 0 && !path.contains("//") && !path.contains("/.");
    }

    private boolean isSimple(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && !request.method().equals(HttpMethod.HEAD)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && headers instanceof HeadersMultiMap
                && HttpUtil.isKeepAlive(request)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.UPGRADE)
                && length(headers.get(HttpHeaderNames.CONTENT_LENGTH)) <= maxBodyBytes;
    }

    private static long length(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** One connection. */
    private final class Refusing extends ChannelInboundHandlerAdapter {
        private final WatchedConnection connection;
        private boolean passingBy;
        private boolean written;

        Refusing(WatchedConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (passingBy) {
                passBy(context, message);
                return;
            }
            Door door = message instanceof HttpRequest request
                            && overload.nearlyFull()
                            && connection.isIdle()
                            && !overload.isDraining()
                    ? refused(request)
                    : null;
            if (door == null) {
                context.fireChannelRead(message);
            } else {
                told.accept(door);
                connection.began(false);
                connection.awaitsBody();
                passingBy = true;
                written = true;
                boolean ofrep = door == Door.FLAG || door == Door.FLAGS;
                context.write((ofrep ? ofrepAnswer : answer).duplicate(), context.voidPromise());
                if (context.pipeline().get(IDLE) instanceof IdleStateHandler idle) {
                    // It sees nothing of this, and would take the connection for an idle one.
                    idle.resetReadTimeout();
                }
                if (message instanceof HttpContent) {
                    passBy(context, message);
                }
            }
        }

        /** The rest of a request that is answered already, so that the next one on this connection begins where it does. */
        private void passBy(ChannelHandlerContext context, Object message) {
            boolean sound = !(message instanceof HttpContent content)
                    || content.decoderResult().isSuccess();
            ReferenceCountUtil.release(message);
            if (!sound) {
                context.close();
            } else if (message instanceof LastHttpContent) {
                passingBy = false;
                connection.hasBody();
                connection.answered();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (written) {
                written = false;
                context.flush();
            }
            context.fireChannelReadComplete();
        }
    }
}
