package io.meridian.edge.adapter.http.overload;

import io.meridian.edge.adapter.http.overload.ConnectionWatch.End;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * One connection and how its client behaves. Time is counted in looks, one a second: nothing here reads a clock for a request. On its event
 * loop only.
 */
public final class WatchedConnection extends ChannelInboundHandlerAdapter {
    static final AttributeKey<WatchedConnection> KEY = AttributeKey.valueOf(WatchedConnection.class, "watched");

    /** How long a request's head may take from its first byte, looks. */
    static final int HEAD_LOOKS = 5;

    /** How long bodies may be on their way, looks. */
    static final int BODY_LOOKS = 10;

    /** How long more answers may wait than the channel takes without asking, looks. */
    static final int UNREAD_LOOKS = 10;

    /** So much is held of answers that a client does not read, bytes. */
    static final int MAX_UNREAD_BYTES = 1 << 20;

    private final ConnectionWatch watch;
    private volatile @Nullable Channel channel;
    private boolean seen;
    private boolean met;
    private boolean multiplexed;
    private boolean heading;
    private int requests;
    private int bodies;
    private int headLooks;
    private int bodyLooks;
    private int unreadLooks;
    /** What was next to be written at the last look, and how much of it had been. */
    private @Nullable Object unwritten;

    private long unwrittenProgress;
    private boolean silent;
    private boolean over;

    WatchedConnection(ConnectionWatch watch) {
        this.watch = watch;
    }

    /** Null once it is closed. */
    @Nullable
    Channel channel() {
        return channel;
    }

    /** True from the second time on. */
    boolean isMet() {
        boolean before = met;
        met = true;
        return before;
    }

    /** A request's head was read. */
    public void began(boolean http2) {
        multiplexed |= http2;
        heading = false;
        requests++;
    }

    /** True if no request of it is under way. */
    boolean isIdle() {
        return requests == 0;
    }

    /** A request's body is awaited. */
    public void awaitsBody() {
        bodies++;
    }

    /** A request's body was read. */
    public void hasBody() {
        bodies--;
    }

    /** A request was answered. Any thread. */
    public void answered() {
        Channel of = channel;
        if (of != null && !of.eventLoop().inEventLoop()) {
            of.eventLoop().execute(() -> requests--);
        } else {
            requests--;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            begin(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin(context);
        context.fireChannelActive();
    }

    /** Once: an accepted channel is active already when it meets its handlers, and tells them so again. */
    private void begin(ChannelHandlerContext context) {
        if (channel != null) {
            return;
        }
        channel = context.channel();
        channel.attr(KEY).set(this);
        watch.opened(this, context.executor());
        // Not by channelInactive: a connection that is upgraded to HTTP/2 loses its handlers.
        channel.closeFuture().addListener(closed -> {
            channel = null;
            watch.closed(this);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!seen) {
            seen = true;
            // Such a client may connect ahead and ask later: it is idle, and not slow with a head.
            multiplexed |= message instanceof ByteBuf && prefaces((ByteBuf) message);
        }
        // What comes while a request is answered is the next one's, and waits its turn.
        if (requests == 0 && !heading && !multiplexed) {
            heading = true;
            headLooks = 0;
        }
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        if (out != null && out.totalPendingWriteBytes() > MAX_UNREAD_BYTES) {
            end(End.UNREAD);
        }
        context.fireChannelRead(message);
    }

    /** True for the beginning of a connection of HTTP/2 that says so itself (RFC 9113, section 3.4); no method begins like that. */
    private static boolean prefaces(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return bytes.readableBytes() >= 3
                && bytes.getByte(at) == 'P'
                && bytes.getByte(at + 1) == 'R'
                && bytes.getByte(at + 2) == 'I';
    }

    /** Once a second. */
    void look() {
        Channel watched = channel;
        if (watched == null) {
            return;
        }
        headLooks = heading ? headLooks + 1 : 0;
        bodyLooks = bodies > 0 ? bodyLooks + 1 : 0;
        unreadLooks = standsStill(watched) || !watched.isWritable() ? unreadLooks + 1 : 0;
        if (headLooks > HEAD_LOOKS) {
            end(End.HEAD);
        } else if (bodyLooks > BODY_LOOKS) {
            end(End.BODY);
        } else if (unreadLooks > UNREAD_LOOKS) {
            end(End.UNREAD);
        }
    }

    /** Nothing of what is to be written has left since the last look: a single answer need not fill what is held, and the next wait for it. */
    private boolean standsStill(Channel watched) {
        ChannelOutboundBuffer out = watched.unsafe().outboundBuffer();
        Object first = out == null ? null : out.current();
        long written = first == null ? 0 : out.currentProgress();
        boolean same = first != null && first == unwritten && written == unwrittenProgress;
        unwritten = first;
        unwrittenProgress = written;
        return same;
    }

    /** Ends it if nothing is under way on it, neither a request nor an answer, and nothing was when this was called before. */
    void endIfSilent() {
        Channel of = channel;
        if (of == null) {
            return;
        }
        ChannelOutboundBuffer out = of.unsafe().outboundBuffer();
        boolean before = silent;
        silent = isIdle() && !heading && (out == null || out.totalPendingWriteBytes() == 0);
        if (before && silent && !over) {
            over = true;
            of.close();
        }
    }

    private void end(End why) {
        Channel ending = channel;
        if (ending != null && !over) {
            over = true;
            watch.ended(why);
            ending.close();
        }
    }
}
