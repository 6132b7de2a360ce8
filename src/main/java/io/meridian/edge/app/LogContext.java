package io.meridian.edge.app;

import io.meridian.edge.adapter.telemetry.RequestSpan;
import io.meridian.edge.adapter.telemetry.RequestTracer;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/** Adds to each line of the log which bundle decided when it was written, and to which trace it belongs, if to any. Lets all pass. */
@LoggingFilter(name = LogContext.NAME)
public final class LogContext implements Filter {
    static final String NAME = "meridian-context";

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord record) {
            ArcContainer container = Arc.container();
            if (container != null && container.isRunning()) {
                ActiveBundle.Activation activation =
                        container.instance(ActiveBundle.class).get().current();
                if (activation != null) {
                    record.putMdc(
                            "bundleRevision", Long.toString(activation.bundle().revision()));
                }
            }
            RequestSpan span = RequestTracer.current();
            if (span != null) {
                record.putMdc("traceId", span.traceId());
            }
        }
        return true;
    }
}
