package io.meridian.edge.faults;

import io.meridian.edge.adapter.demo.DemoConsentString;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;

/** What callers ask for, each with its share of a hundred calls. */
enum Visit {
    /** Live signals allow everything: one MGET. */
    GRANTED(40),
    /** No live signals; the stored consent allows everything: one script. */
    SILENT(18),
    /** Live signals allow everything or are silent, and the subject has refused: never a personal answer. */
    REFUSED(10),
    /** Live signals deny: Redis is not asked. */
    DENIED(10),
    /** Nobody in particular. */
    ANONYMOUS(8),
    /** As a CDN asks. */
    CDN(4),
    /** As a feature flag. */
    FLAG(4),
    /** Somebody agrees. */
    CONSENT(2),
    /** Somebody withdraws. */
    WITHDRAWAL(2),
    /** An offer was seen. */
    IMPRESSION(2);

    private static final Set<Integer> EVERYTHING = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    private static final Set<Integer> NO_PERSONAL_CONTENT = Set.of(1, 2, 3, 7, 8, 9, 10, 11);
    private static final String PURPOSES = "[\"STORE\",\"SELECT_CONTENT\",\"BUILD_PROFILE\",\"MEASURE\"]";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int percent;

    Visit(int percent) {
        this.percent = percent;
    }

    static Visit any(SplittableRandom random) {
        int point = random.nextInt(100);
        for (Visit visit : values()) {
            point -= visit.percent;
            if (point < 0) {
                return visit;
            }
        }
        throw new AssertionError("the shares are not a hundred");
    }

    /** True if the answer is a decision in our own format. */
    boolean decides() {
        return ordinal() <= CDN.ordinal();
    }

    /** True if nothing but a fault keeps the answer from being personal. */
    boolean personal() {
        return this == GRANTED || this == SILENT;
    }

    boolean writes() {
        return this == CONSENT || this == WITHDRAWAL || this == IMPRESSION;
    }

    /** The call about a subject; what it says about anybody else is nothing. */
    HttpRequest request(Site site, String subject) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .timeout(PATIENCE)
                .header("X-API-Key", Site.KEY)
                .header("Content-Type", this == IMPRESSION ? "application/cloudevents+json" : "application/json");
        Service service = site.service();
        switch (this) {
            case CDN -> request.uri(service.address("/v1/decide/home-hero?country=DE&channel=web&device=mobile"));
            case FLAG ->
                request.uri(service.address("/ofrep/v1/evaluate/flags/home-hero"))
                        .POST(BodyPublishers.ofString(body(subject)));
            case CONSENT, WITHDRAWAL ->
                request.uri(service.address("/v1/subjects/customer/" + subject + "/consent"))
                        .PUT(BodyPublishers.ofString(body(subject)));
            case IMPRESSION -> request.uri(service.address("/v1/events")).POST(BodyPublishers.ofString(body(subject)));
            default -> request.uri(service.address("/v1/decide")).POST(BodyPublishers.ofString(body(subject)));
        }
        return request.build();
    }

    /** What it sends. For an impression the subject is the event's id, seen by one subject. */
    String body(String subject) {
        return switch (this) {
            case GRANTED -> decide(subject, tcf(EVERYTHING));
            case SILENT -> decide(subject, "");
            // Half of them by their number.
            case REFUSED -> decide(subject, subject.hashCode() % 2 == 0 ? tcf(EVERYTHING) : "");
            case DENIED -> decide(subject, tcf(NO_PERSONAL_CONTENT));
            case ANONYMOUS, CDN ->
                "{\"placements\":[{\"id\":\"home-hero\"},{\"id\":\"category-banner\"}],"
                        + "\"context\":{\"country\":\"DE\",\"channel\":\"web\"}}";
            case FLAG -> "{\"context\":{\"targetingKey\":\"" + subject + "\",\"country\":\"DE\"}}";
            case CONSENT -> "{\"given\":" + PURPOSES + ",\"country\":\"DE\"}";
            case WITHDRAWAL -> "{\"refused\":" + PURPOSES + ",\"country\":\"DE\"}";
            case IMPRESSION ->
                "{\"specversion\":\"1.0\",\"type\":\"io.meridian.impression\",\"source\":\"/faults\",\"id\":\""
                        + subject
                        + "\",\"data\":{\"subject\":{\"ns\":\"customer\",\"id\":\"" + Canaries.SEER
                        + "\"},\"placement\":\"home-hero\",\"offer\":\"" + Canaries.OFFER + "\",\"country\":\"DE\"}}";
        };
    }

    private static String tcf(Set<Integer> purposes) {
        return "\"tcf\":\"" + DemoConsentString.of(purposes, Instant.now()) + "\"";
    }

    private static String decide(String subject, String consent) {
        return "{\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"" + subject + "\"}]},"
                + "\"placements\":[{\"id\":\"home-hero\",\"count\":2},{\"id\":\"category-banner\"}],"
                + "\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\"},"
                + "\"consent\":{" + consent + "},\"options\":{\"deadlineMs\":" + Site.PATIENCE_MILLIS + "}}";
    }
}
