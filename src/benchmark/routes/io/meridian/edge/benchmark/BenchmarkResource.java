package io.meridian.edge.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.meridian.edge.adapter.config.ModelCardFiles;
import io.meridian.edge.adapter.onnx.OnnxModels;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.adapter.redis.SingleRead;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The yardsticks: same server, same framework, same connections, same model as a full decision. */
@Path("/benchmark")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@Startup
public class BenchmarkResource {
    private static final byte[] CONSTANT = "{\"decision\":\"constant\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "benchmark:1k".getBytes(StandardCharsets.US_ASCII);
    private static final int CANDIDATES = 32;
    private static final int ANSWER_BYTES = 1024;

    private final SingleRead redis;
    private final Scorer scorer;
    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory json = new JsonFactory();
    private final ThreadLocal<float[]> scores = ThreadLocal.withInitial(() -> new float[CANDIDATES]);

    @Inject
    public BenchmarkResource(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            @ConfigProperty(name = "meridian.models") String models) {
        this.redis = new SingleRead(vertx, settings, marker);
        java.nio.file.Path folder = java.nio.file.Path.of(models);
        ModelCardFiles.Outcome cards = ModelCardFiles.read(folder, Map.of("purchase-propensity", "1"));
        if (!(cards instanceof ModelCardFiles.Outcome.Read read)) {
            throw new IllegalStateException("the benchmark's model: " + cards);
        }
        OnnxModels.Outcome outcome = OnnxModels.load(folder, read.cards());
        if (!(outcome instanceof OnnxModels.Outcome.Loaded loaded)) {
            throw new IllegalStateException("the benchmark's model: " + outcome);
        }
        this.scorer = loaded.catalog().models().get(0).scorer();
    }

    /** (a): what the framework takes. */
    @GET
    @Path("/constant")
    @NonBlocking
    public byte[] constant() {
        return CONSTANT;
    }

    /** (b): one read of 1 KB. */
    @GET
    @Path("/redis")
    public CompletionStage<byte[]> redis() {
        return redis.get(KEY).thenApply(value -> CONSTANT);
    }

    /** The bare path: a JSON body in, one read of 1 KB, the model on 32 candidates, 1 KB of JSON out. */
    @POST
    @Path("/bare")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<byte[]> bare(byte[] body) throws IOException {
        JsonNode request = mapper.readTree(body);
        String placement = request.at("/placements/0/id").asText();
        return redis.get(KEY).thenApply(value -> answer(placement, value));
    }

    private byte[] answer(String placement, byte[] profile) {
        float[] scored = scores.get();
        try {
            FloatBuffer rows = scorer.rows(CANDIDATES);
            for (int i = 0; rows.hasRemaining(); i++) {
                rows.put((profile[i % profile.length] + i / scorer.width()) % 8);
            }
            scorer.run(CANDIDATES, scored);
            ByteArrayOutputStream out = new ByteArrayOutputStream(ANSWER_BYTES + 64);
            try (JsonGenerator answer = json.createGenerator(out)) {
                answer.writeStartObject();
                answer.writeStringField("placement", placement);
                answer.writeArrayFieldStart("scores");
                for (float score : scored) {
                    answer.writeNumber(score);
                }
                answer.writeEndArray();
                answer.flush();
                answer.writeStringField("content", "x".repeat(Math.max(0, ANSWER_BYTES - 14 - out.size())));
                answer.writeEndObject();
            }
            return out.toByteArray();
        } catch (ScoringException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Bytes allocated by all threads alive since the start, for differences. */
    @GET
    @Path("/allocated")
    @NonBlocking
    public String allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return "{\"bytes\":" + sum + "}";
    }

    /** 200 once the connections of these routes stand. */
    @GET
    @Path("/ready")
    @NonBlocking
    public jakarta.ws.rs.core.Response ready() {
        return jakarta.ws.rs.core.Response.status(redis.ready() ? 200 : 503).build();
    }
}
