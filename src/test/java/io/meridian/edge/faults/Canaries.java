package io.meridian.edge.faults;

import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.testing.PlainRedis;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The subjects of the load, and what must stay true of them whatever breaks. */
final class Canaries {
    /** Who sees offers. */
    static final String SEER = "seer";

    static final String OFFER = "welcome-hero";

    private static final int KNOWN = 20;
    private static final int REFUSING = 8;
    private static final int MAY_WITHDRAW = 12;
    private static final String PROFILE =
            "{\"profile\":{\"tier\":\"gold\",\"orders_365d\":9,\"days_since_order\":8,\"sessions_30d\":8},\"country\":\"DE\"}";

    private final Site site;
    private final HttpClient client;
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> mayWithdraw = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> agreed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger names = new AtomicInteger();

    Canaries(Site site, HttpClient client) {
        this.site = site;
        this.client = client;
    }

    /** Once, while everything is whole: who is known, and who has refused. */
    void settle() throws Exception {
        for (int i = 0; i < KNOWN; i++) {
            know("c-" + i);
        }
        know(SEER);
        for (int i = 0; i < REFUSING; i++) {
            String subject = "r-" + i;
            know(subject);
            accept(Visit.WITHDRAWAL.request(site, subject));
            bringBack(subject);
            refused.add(subject);
        }
    }

    /** Before each cell, while everything is whole: some more who may withdraw. */
    void refill() throws Exception {
        while (mayWithdraw.size() < MAY_WITHDRAW) {
            String subject = "w-" + names.incrementAndGet();
            know(subject);
            mayWithdraw.add(subject);
        }
        agreed.clear();
        seen.clear();
    }

    private void know(String subject) throws Exception {
        accept(Visit.CONSENT.request(site, subject));
        accept(HttpRequest.newBuilder(site.service().address("/v1/profiles/customer/" + subject))
                .header("X-API-Key", Site.KEY)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(PROFILE))
                .build());
    }

    private void accept(HttpRequest request) throws Exception {
        Await.until("a write to be taken", () -> {
            HttpResponse<String> reply;
            try {
                reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException idleForTooLong) {
                // The service may end a connection just when it is to be used again.
                return false;
            }
            if (reply.statusCode() / 100 == 4) {
                throw new AssertionError(request.uri() + " " + reply.statusCode() + " " + reply.body());
            }
            return reply.statusCode() / 100 == 2;
        });
    }

    /** Their data is there all the same: only the refusal stands between it and an answer. */
    private void bringBack(String subject) {
        try (PlainRedis redis = site.redis().connect()) {
            String from = prefix("c-0");
            for (String key : redis.keys()) {
                // Not the consent, and not the memory of events.
                if (key.startsWith(from) && !key.equals(from + "c") && !key.equals(from + "e")) {
                    redis.call("SET", prefix(subject) + key.substring(from.length()), redis.get(key));
                }
            }
        }
    }

    private String prefix(String subject) {
        byte[] prefix = site.pseudonymiser().prefix(new SubjectId("customer", subject));
        return new String(prefix, StandardCharsets.US_ASCII);
    }

    /** Whom a visit is about. */
    String subject(Visit visit, SplittableRandom random) {
        return switch (visit) {
            case REFUSED -> refused.get(random.nextInt(refused.size()));
            case CONSENT, IMPRESSION -> "n-" + names.incrementAndGet();
            case WITHDRAWAL -> {
                String subject = mayWithdraw.poll();
                // More than were expected: they agree and withdraw for the first time.
                yield subject == null ? "n-" + names.incrementAndGet() : subject;
            }
            default -> "c-" + random.nextInt(KNOWN);
        };
    }

    /** A write was accepted: from here on it stands. */
    void accepted(Visit visit, String subject) {
        switch (visit) {
            case WITHDRAWAL -> refused.add(subject);
            case CONSENT -> agreed.add(subject);
            case IMPRESSION -> seen.add(subject);
            default -> throw new AssertionError(visit);
        }
    }

    /** Everything that was accepted since {@link #refill} and is not there. To be asked while everything is whole. */
    List<String> lost() throws IOException, InterruptedException {
        List<String> lost = new ArrayList<>();
        try (PlainRedis redis = site.redis().connect()) {
            for (String subject : agreed) {
                if (!Long.valueOf(1).equals(redis.call("EXISTS", prefix(subject) + "c"))) {
                    lost.add("the consent of " + subject);
                }
            }
        }
        for (String event : seen) {
            HttpResponse<String> again =
                    client.send(Visit.IMPRESSION.request(site, event), HttpResponse.BodyHandlers.ofString());
            if (!again.body().contains("duplicate")) {
                lost.add("the impression " + event + ": " + again.body());
            }
        }
        return lost;
    }
}
