/**
 * Traces of decisions, sent to a collector over OTLP (HTTP, JSON), for callers that speak W3C Trace Context.
 *
 * <p>A span is put together after the answer, from the times of the stages that are measured anyway. So a request that is not traced costs a
 * look at one header, and nothing at all while no collector is named. OpenTelemetry's SDK and the framework's extension were considered: either
 * weighs about twenty libraries in the service and the native binary, and wraps every request, traced or not.
 *
 * <p>A span holds words of the configuration (placements, markets, reasons) and numbers. Nothing a caller wrote gets into it but the ids of
 * its trace, which are hexadecimal.
 */
@NullMarked
package io.meridian.edge.adapter.telemetry;

import org.jspecify.annotations.NullMarked;
