package io.meridian.edge.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.log.DecisionRecord;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.DecisionRequest.Context;
import io.meridian.edge.core.model.DecisionRequest.Options;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.Refusal;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.model.Verdict;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.testing.FakeProfileStore;
import io.meridian.edge.testing.FakeProfileStore.Impression;
import io.meridian.edge.testing.SampleBundles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The way of a decision over the sample configuration and its trained models; only the store is a fake. */
class DecisionPipelineTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Moment MOMENT = new Moment(NOW.toEpochMilli(), "01936f00-0000-7000-8000-000000000000");
    private static final Set<Integer> EVERYTHING = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    private static final List<SubjectId> SOMEBODY = List.of(new SubjectId("customer", "c-1001"));

    private final FakeProfileStore store = new FakeProfileStore();
    private final List<DecisionRecord> records = new ArrayList<>();
    private final List<Exception> defects = new ArrayList<>();
    private final DecisionPipeline europe = pipeline(SampleBundles.of("eu-central"));

    private DecisionPipeline pipeline(Bundle bundle) {
        ActiveBundle active = new ActiveBundle();
        active.activate(bundle, NOW, "test");
        return new DecisionPipeline(active, store, records::add, () -> 0, 20, defects::add);
    }

    private static ConsentInput tcf(Set<Integer> purposes) {
        return new ConsentInput(null, DemoConsentString.of(purposes, NOW), null, new int[0], false, null);
    }

    private static Map<String, Object> goldCustomer() {
        Map<String, Object> profile = new HashMap<>();
        profile.put("age_band", "35-44");
        profile.put("tier", "gold");
        profile.put("orders_90d", 4);
        profile.put("orders_365d", 14);
        profile.put("spend_90d", 420.0);
        profile.put("spend_365d", 1650.0);
        profile.put("avg_order_value", 118.0);
        profile.put("days_since_order", 9);
        profile.put("return_rate", 0.08);
        profile.put("coupon_share", 0.2);
        profile.put("last_category", "footwear");
        profile.put("top_category", "outdoor");
        profile.put("sessions_7d", 3);
        profile.put("sessions_30d", 11);
        profile.put("pages_30d", 80);
        profile.put("days_since_visit", 1);
        profile.put("cart_adds_30d", 4);
        profile.put("viewed_category", "outdoor");
        profile.put("favourite_categories", new String[] {"outdoor", "footwear"});
        return profile;
    }

    private static Context germany() {
        return new Context(null, "DE", null, "de-DE", "web", "mobile", Map.of());
    }

    private static DecisionRequest request(
            List<SubjectId> subjects, Context context, ConsentInput consent, Explain explain, String... placements) {
        return new DecisionRequest(
                null,
                subjects,
                null,
                Arrays.stream(placements).map(id -> new PlacementRequest(id, 4)).toList(),
                context,
                consent,
                new Options(explain, false, 0));
    }

    private Decision decide(DecisionPipeline pipeline, DecisionRequest request) {
        Decision decision = assertInstanceOf(Decision.class, answer(pipeline, request));
        assertEquals(List.of(), defects);
        return decision;
    }

    private static Answer answer(DecisionPipeline pipeline, DecisionRequest request) {
        List<Answer> answers = new ArrayList<>();
        pipeline.decide(request, MOMENT, answers::add);
        assertEquals(1, answers.size(), "the listener is told exactly once");
        return answers.get(0);
    }

    /** A bundle is freed once no decision uses it: one that ends in an error must not count for ever. */
    @Test
    void aDecisionThatEndsInAnErrorUsesItsBundleNoLonger() {
        ActiveBundle active = new ActiveBundle();
        ActiveBundle.Activation activation = active.activate(SampleBundles.of("eu-central"), NOW, "test");
        DecisionPipeline failing = new DecisionPipeline(
                active,
                store,
                record -> {
                    throw new StackOverflowError("of a test");
                },
                () -> 0,
                20,
                defects::add);
        DecisionRequest request = request(List.of(), germany(), tcf(EVERYTHING), Explain.NONE, "home-hero");
        assertThrows(StackOverflowError.class, () -> failing.decide(request, MOMENT, answer -> {}));
        assertTrue(activation.idle());
        store.attributes = goldCustomer();
        DecisionRequest known = request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero");
        assertThrows(StackOverflowError.class, () -> failing.decide(known, MOMENT, answer -> {}));
        assertTrue(activation.idle());
    }

    @Test
    void withFullConsentTheProfileRanks() {
        store.attributes = goldCustomer();
        Decision decision = decide(europe, request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.FULL, "home-hero"));
        PlacementDecision hero = decision.placements().get(0);
        assertEquals(Rung.RANKED, hero.reason());
        assertTrue(decision.privacy().personalised());
        assertEquals("gdpr", decision.privacy().jurisdiction());
        assertEquals(0, decision.degraded());
        assertEquals(1, store.reads.size());
        CandidateTrace first = trace(hero).get(0);
        assertEquals(Verdict.SELECTED, first.verdict());
        assertEquals("model:purchase-propensity/1", factors(first).propensitySource());
        assertEquals(1, records.size());
    }

    @Test
    void withoutAGrantNothingIsRead() {
        store.attributes = goldCustomer();
        ConsentInput refused = tcf(Set.of(1, 2, 7, 8, 9, 10, 11));
        Decision decision = decide(europe, request(SOMEBODY, germany(), refused, Explain.NONE, "home-hero"));
        assertEquals(List.of(), store.reads);
        assertEquals(Rung.CONTEXTUAL, decision.placements().get(0).reason());
        assertFalse(decision.privacy().personalised());
        assertFalse(Purpose.SELECT_CONTENT.in(decision.privacy().granted()));
        assertTrue(decision.privacy().denied().contains(new Decision.Denial(Purpose.SELECT_CONTENT, "TCF_REFUSED")));
    }

    @Test
    void aCaliforniansOptOutStopsAdvertisingNotContent() {
        store.attributes = goldCustomer();
        DecisionPipeline east = pipeline(SampleBundles.of("us-east"));
        Context california = new Context(null, "US", "CA", "en-US", "web", "desktop", Map.of());
        ConsentInput gpc = new ConsentInput(null, null, null, new int[0], true, null);
        Decision decision =
                decide(east, request(SOMEBODY, california, gpc, Explain.NONE, "home-hero", "sponsored-tile"));
        assertEquals("ccpa", decision.privacy().jurisdiction());
        assertTrue(Purpose.SELECT_CONTENT.in(decision.privacy().granted()));
        assertTrue(decision.privacy().denied().contains(new Decision.Denial(Purpose.SELECT_ADS, "GPC")));
        assertEquals(Rung.RANKED, decision.placements().get(0).reason());
        Rung advertising = decision.placements().get(1).reason();
        assertTrue(advertising.compareTo(Rung.CONTEXTUAL) >= 0, advertising.name());
    }

    /** What was read for content stands in the workspace, and advertising must not see it there. */
    @Test
    void advertisingDoesNotSeeWhatWasReadForContentAlone() {
        store.attributes = goldCustomer();
        DecisionPipeline east = pipeline(SampleBundles.of("us-east"));
        Context california = new Context(null, "US", "CA", "en-US", "web", "desktop", Map.of());
        String[] placements = {"home-hero", "sponsored-tile"};
        assertEquals(
                List.of(Verdict.OUTRANKED, Verdict.SELECTED),
                verdicts(decide(east, request(SOMEBODY, california, signals(false), Explain.FULL, placements))));
        assertEquals(
                List.of(Verdict.OUTRANKED, Verdict.CONDITION_UNKNOWN),
                verdicts(decide(east, request(SOMEBODY, california, signals(true), Explain.FULL, placements))));
    }

    private static ConsentInput signals(boolean gpc) {
        return new ConsentInput(null, null, null, new int[0], gpc, null);
    }

    /** Of an offer of each placement that asks for the customer's orders. */
    private static List<Verdict> verdicts(Decision decision) {
        return List.of(
                verdict(decision.placements().get(0), "gold-early-access"),
                verdict(decision.placements().get(1), "ad-harbour-bank"));
    }

    private static Verdict verdict(PlacementDecision placement, String offer) {
        return trace(placement).stream()
                .filter(one -> one.offer().equals(offer))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void aStoredRefusalWinsOverALiveConsent() {
        store.attributes = goldCustomer();
        store.stored = new StoredConsent(0, 0, Purpose.SELECT_CONTENT.bit(), 0, false);
        Decision decision = decide(europe, request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero"));
        assertFalse(decision.privacy().personalised());
        assertEquals(Rung.CONTEXTUAL, decision.placements().get(0).reason());
        assertTrue(decision.privacy().denied().contains(new Decision.Denial(Purpose.SELECT_CONTENT, "STORED_REFUSAL")));
    }

    @Test
    void whereNothingIsSaidTheStoredConsentSpeaks() {
        store.attributes = goldCustomer();
        DecisionRequest silent = request(SOMEBODY, germany(), ConsentInput.NONE, Explain.NONE, "home-hero");
        assertFalse(decide(europe, silent).privacy().personalised());
        store.stored = new StoredConsent(Purpose.SELECT_CONTENT.bit(), 0, 0, 0, false);
        assertTrue(decide(europe, silent).privacy().personalised());
        assertTrue(store.reads.get(0).asksStoredConsent());
    }

    @Test
    void aFailingStoreCostsThePersonalNotTheAnswer() {
        Map<Profile.Status, Degradation> expected = Map.of(
                Profile.Status.TIMEOUT, Degradation.PROFILE_TIMEOUT,
                Profile.Status.UNAVAILABLE, Degradation.PROFILE_UNAVAILABLE,
                Profile.Status.MALFORMED, Degradation.PROFILE_MALFORMED,
                Profile.Status.REGION_UNMARKED, Degradation.REGION_UNMARKED);
        expected.forEach((status, degradation) -> {
            store.status = status;
            Decision decision =
                    decide(europe, request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero"));
            assertEquals(degradation.bit(), decision.degraded() & degradation.bit(), status.name());
            assertEquals(Rung.CONTEXTUAL, decision.placements().get(0).reason());
            assertFalse(decision.cache().shared());
        });
    }

    @Test
    void aFailingModelCostsTheRankingNotTheAnswer() {
        store.attributes = goldCustomer();
        DecisionRequest request = request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero");
        BundleLoader.Result.Loaded loaded = assertInstanceOf(
                BundleLoader.Result.Loaded.class,
                BundleLoader.load(Path.of("edge-config"), Path.of("models"), "eu-central"));
        DecisionPipeline own = pipeline(loaded.bundle());
        assertEquals(Rung.RANKED, decide(own, request).placements().get(0).reason());
        loaded.models().close();
        Decision decision = assertInstanceOf(Decision.class, answer(own, request));
        assertEquals(2, defects.size(), "both models are told of");
        assertEquals(Degradation.MODEL_FAILED.bit(), decision.degraded());
        assertEquals(Rung.SEGMENT, decision.placements().get(0).reason());
    }

    @Test
    void anAnonymousAnswerIsTheSameForEverybody() {
        DecisionRequest anonymous = request(List.of(), germany(), ConsentInput.NONE, Explain.NONE, "home-hero");
        Decision one = decide(europe, anonymous);
        assertTrue(one.cache().shared());
        assertEquals(List.of(), store.reads);
        List<Item> again = decide(europe, anonymous).placements().get(0).items();
        assertEquals(
                one.placements().get(0).items().get(0).variant(), again.get(0).variant());
        Decision named = decide(europe, request(SOMEBODY, germany(), tcf(Set.of()), Explain.NONE, "home-hero"));
        assertFalse(named.cache().shared(), "who was named must not meet what was cached");
    }

    @Test
    void noOfferTwiceOnAPage() {
        store.attributes = goldCustomer();
        String[] all = SampleBundles.of("eu-central")
                .region()
                .defaultMarket()
                .placements()
                .keySet()
                .toArray(String[]::new);
        Context anyChannel = new Context("de", "DE", null, null, null, null, Map.of());
        Decision decision = decide(europe, request(SOMEBODY, anyChannel, tcf(EVERYTHING), Explain.NONE, all));
        Set<String> seen = new HashSet<>();
        for (PlacementDecision placement : decision.placements()) {
            assertFalse(placement.items().isEmpty());
            for (Item item : placement.items()) {
                assertTrue(item.offer() == null || seen.add(item.offer()), item.offer() + " twice");
            }
        }
    }

    @Test
    void aReachedCapTakesTheOfferOut() {
        store.attributes = goldCustomer();
        DecisionRequest request = request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.REASONS, "home-hero");
        String capped = "black-week";
        assertTrue(verdict(decide(europe, request), capped) != Verdict.CAP_REACHED);
        int now = (int) NOW.getEpochSecond();
        store.impressions = List.of(
                new Impression(capped, "home-hero", now - 100),
                new Impression(capped, "cart-cross-sell", now - 50),
                new Impression(capped, "home-hero", now - 10));
        assertEquals(Verdict.CAP_REACHED, verdict(decide(europe, request), capped));
        store.impressions = store.impressions.subList(0, 2);
        assertTrue(verdict(decide(europe, request), capped) != Verdict.CAP_REACHED);
    }

    @Test
    void aMisroutedSubjectIsSentHomeOrStaysAStranger() {
        store.attributes = goldCustomer();
        DecisionRequest away = new DecisionRequest(
                null,
                SOMEBODY,
                "us-east",
                List.of(new PlacementRequest("home-hero", 1)),
                germany(),
                tcf(EVERYTHING),
                Options.DEFAULT);
        Refusal refusal = assertInstanceOf(Refusal.class, answer(europe, away));
        assertEquals(Refusal.Kind.MISDIRECTED, refusal.kind());
        assertEquals("us-east", refusal.homeRegion());

        DecisionRequest inIndia = new DecisionRequest(
                null,
                SOMEBODY,
                "us-east",
                List.of(new PlacementRequest("home-hero", 1)),
                new Context(null, "IN", null, null, "web", null, Map.of()),
                ConsentInput.NONE,
                Options.DEFAULT);
        Decision decision = decide(pipeline(SampleBundles.of("ap-south")), inIndia);
        assertFalse(decision.privacy().personalised());
        assertFalse(decision.cache().shared());
        assertEquals(Degradation.MISROUTED.bit(), decision.degraded());
        assertFalse(Purpose.SELECT_CONTENT.in(decision.privacy().granted()));
        assertEquals(List.of(), store.reads);
    }

    @Test
    void whoRefusesEvenTheContextGetsTheDefault() {
        for (List<SubjectId> who : List.of(SOMEBODY, List.<SubjectId>of())) {
            Decision decision = decide(europe, request(who, germany(), tcf(Set.of()), Explain.REASONS, "home-hero"));
            PlacementDecision hero = decision.placements().get(0);
            assertEquals(Rung.PLACEMENT_DEFAULT, hero.reason());
            assertEquals(Verdict.PURPOSE_NOT_GRANTED, trace(hero).get(0).verdict());
        }
    }

    @Test
    void aStoreThatThrowsIsAStoreThatIsNotThere() {
        ActiveBundle active = new ActiveBundle();
        active.activate(SampleBundles.of("eu-central"), NOW, "test");
        DecisionPipeline broken = new DecisionPipeline(
                active,
                (plan, into, millis, listener) -> {
                    throw new IllegalStateException("broken");
                },
                records::add,
                () -> 0,
                20,
                defects::add);
        Decision decision = assertInstanceOf(
                Decision.class,
                answer(broken, request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero")));
        assertTrue(Degradation.PROFILE_UNAVAILABLE.in(decision.degraded()));
        assertEquals(1, defects.size());
    }

    /** Who was not asked for consent, or whose consent could not be read, is nobody: their id decides nothing. */
    @Test
    void variantsAreDrawnByTheSubjectOnlyAfterItsConsentWasRead() {
        store.attributes = goldCustomer();
        Set<String> read = variantsOfManySubjects();
        store.status = Profile.Status.REGION_UNMARKED;
        Set<String> unread = variantsOfManySubjects();
        assertTrue(read.size() > 1, read.toString());
        assertEquals(1, unread.size(), unread.toString());
    }

    private Set<String> variantsOfManySubjects() {
        Set<String> variants = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            List<SubjectId> subject = List.of(new SubjectId("customer", "c-" + i));
            Decision decision = decide(
                    europe,
                    request(subject, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero", "product-companion"));
            StringBuilder page = new StringBuilder();
            for (PlacementDecision placement : decision.placements()) {
                for (Item item : placement.items()) {
                    page.append(item.offer()).append('/').append(item.variant()).append(' ');
                    assertTrue(item.probability() > 0 && item.probability() <= 1);
                    assertTrue(placement.drawn() || item.probability() == 1);
                }
            }
            variants.add(page.toString());
        }
        return variants;
    }

    @Test
    void whatDoesNotExistIsRefusedByPointer() {
        assertRefused(Refusal.Kind.UNKNOWN_PLACEMENT, "/placements/1/id", germany(), SOMEBODY, "home-hero", "nowhere");
        assertRefused(
                Refusal.Kind.UNKNOWN_MARKET,
                "/context/market",
                new Context("atlantis", null, null, null, null, null, Map.of()),
                SOMEBODY,
                "home-hero");
        assertRefused(
                Refusal.Kind.UNKNOWN_NAMESPACE,
                "/subject/ids/0/ns",
                germany(),
                List.of(new SubjectId("loyalty", "x")),
                "home-hero");
        assertRefused(
                Refusal.Kind.UNKNOWN_ATTRIBUTE,
                "/context/attributes/page~1x",
                new Context(null, "DE", null, null, null, null, Map.of("page/x", "y")),
                SOMEBODY,
                "home-hero");
        assertRefused(
                Refusal.Kind.WRONG_TYPE,
                "/context/attributes/cart.value",
                new Context(null, "DE", null, null, null, null, Map.of("cart.value", "many")),
                SOMEBODY,
                "home-hero");
        assertEquals(List.of(), store.reads);
    }

    private void assertRefused(
            Refusal.Kind kind, String pointer, Context context, List<SubjectId> subjects, String... placements) {
        Refusal refusal = assertInstanceOf(
                Refusal.class, answer(europe, request(subjects, context, tcf(EVERYTHING), Explain.NONE, placements)));
        assertEquals(kind, refusal.kind());
        assertEquals(pointer, refusal.pointer());
    }

    @Test
    void beforeTheFirstBundleNobodyIsServed() {
        DecisionPipeline empty =
                new DecisionPipeline(new ActiveBundle(), store, records::add, () -> 0, 20, defects::add);
        Refusal refusal = assertInstanceOf(
                Refusal.class,
                answer(empty, request(List.of(), germany(), ConsentInput.NONE, Explain.NONE, "home-hero")));
        assertEquals(Refusal.Kind.NOT_READY, refusal.kind());
    }

    @Test
    void everyCandidateIsExplained() {
        store.attributes = goldCustomer();
        Bundle bundle = SampleBundles.of("eu-central");
        Decision decision = decide(europe, request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.FULL, "home-hero"));
        List<CandidateTrace> traces = trace(decision.placements().get(0));
        Set<String> explained =
                traces.stream().map(CandidateTrace::offer).collect(Collectors.toCollection(TreeSet::new));
        Set<String> candidates = Arrays.stream(bundle.region()
                        .defaultMarket()
                        .placements()
                        .get("home-hero")
                        .candidates())
                .map(candidate -> candidate.offer())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(candidates, explained);
        assertEquals(candidates.size(), traces.size());
        for (CandidateTrace trace : traces) {
            boolean scored = trace.verdict() == Verdict.SELECTED || trace.verdict() == Verdict.OUTRANKED;
            assertEquals(scored, trace.factors() != null, trace.toString());
            assertFalse(trace.because().isEmpty());
        }
        assertNull(decide(europe, request(SOMEBODY, germany(), tcf(EVERYTHING), Explain.NONE, "home-hero"))
                .placements()
                .get(0)
                .trace());
    }

    @Test
    void aDryRunLeavesNoRecord() {
        DecisionRequest dry = new DecisionRequest(
                null,
                SOMEBODY,
                null,
                List.of(new PlacementRequest("home-hero", 1)),
                germany(),
                tcf(EVERYTHING),
                new Options(Explain.NONE, true, 0));
        decide(europe, dry);
        assertEquals(List.of(), records);
    }

    /** Explaining walks every candidate where deciding asks the index: both must come to the same answer. */
    @Test
    void sameInputsSameAnswerWhateverCameBefore() {
        SplittableRandom random = new SplittableRandom(41);
        List<DecisionRequest> requests = new ArrayList<>();
        List<Map<String, Object>> profiles = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Explain explain = random.nextBoolean() ? Explain.NONE : Explain.FULL;
            requests.add(request(
                    random.nextInt(5) == 0 ? List.of() : SOMEBODY,
                    context(random),
                    tcf(purposes(random)),
                    explain,
                    "home-hero",
                    "sponsored-tile",
                    "product-companion"));
            profiles.add(profile(random));
            store.attributes = profiles.get(i);
            first.add(essence(decide(europe, requests.get(i))));
        }
        for (int i = requests.size() - 1; i >= 0; i--) {
            DecisionRequest same = requests.get(i);
            Explain other = same.options().explain() == Explain.NONE ? Explain.FULL : Explain.NONE;
            store.attributes = profiles.get(i);
            assertEquals(
                    first.get(i),
                    essence(decide(
                            europe,
                            new DecisionRequest(
                                    null,
                                    same.subjects(),
                                    null,
                                    same.placements(),
                                    same.context(),
                                    same.consent(),
                                    new Options(other, false, 0)))),
                    "request " + i);
        }
    }

    @Test
    void takingConsentAwayNeverTurnsAConditionTrue() {
        SplittableRandom random = new SplittableRandom(43);
        int tried = 0;
        for (int i = 0; i < 300; i++) {
            store.attributes = profile(random);
            Context context = context(random);
            Set<Integer> more = purposes(random);
            Set<Integer> less = new HashSet<>(more);
            less.removeIf(purpose -> random.nextInt(3) == 0);
            Map<String, Boolean> before = conditionsMet(context, more);
            Map<String, Boolean> after = conditionsMet(context, less);
            for (Map.Entry<String, Boolean> offer : after.entrySet()) {
                if (offer.getValue()) {
                    tried++;
                    assertTrue(before.getOrDefault(offer.getKey(), false), offer + " in round " + i);
                }
            }
        }
        assertTrue(tried > 1000, "the property was hardly exercised: " + tried);
    }

    /** By placement and offer: whether its condition was true. */
    private Map<String, Boolean> conditionsMet(Context context, Set<Integer> purposes) {
        Decision decision = decide(
                europe, request(SOMEBODY, context, tcf(purposes), Explain.REASONS, "home-hero", "sponsored-tile"));
        Map<String, Boolean> met = new HashMap<>();
        for (PlacementDecision placement : decision.placements()) {
            for (CandidateTrace trace : trace(placement)) {
                met.put(
                        placement.placement() + "/" + trace.offer(),
                        !trace.verdict().name().startsWith("CONDITION_")
                                && trace.verdict() != Verdict.PURPOSE_NOT_GRANTED);
            }
        }
        return met;
    }

    private static Context context(SplittableRandom random) {
        String[] devices = {"mobile", "tablet", "desktop"};
        String[] countries = {"DE", "FR", "GB"};
        return new Context(
                null,
                countries[random.nextInt(3)],
                null,
                null,
                "web",
                devices[random.nextInt(3)],
                random.nextBoolean() ? Map.of() : Map.of("page.category", "outdoor", "cart.value", 80L));
    }

    private static Set<Integer> purposes(SplittableRandom random) {
        Set<Integer> purposes = new HashSet<>(EVERYTHING);
        purposes.removeIf(purpose -> random.nextInt(4) == 0);
        return purposes;
    }

    private static Map<String, Object> profile(SplittableRandom random) {
        Map<String, Object> profile = goldCustomer();
        profile.put("tier", new String[] {"none", "silver", "gold", "platinum"}[random.nextInt(4)]);
        profile.put("days_since_order", random.nextInt(400));
        profile.put("orders_365d", random.nextInt(20));
        profile.put("sessions_30d", random.nextInt(20));
        profile.put("days_since_visit", random.nextInt(120));
        profile.keySet().removeIf(name -> random.nextInt(6) == 0);
        return profile;
    }

    private static String essence(Decision decision) {
        StringBuilder text = new StringBuilder();
        for (PlacementDecision placement : decision.placements()) {
            text.append(placement.placement()).append(' ').append(placement.reason());
            for (Item item : placement.items()) {
                text.append(' ')
                        .append(item.offer())
                        .append('/')
                        .append(item.variant())
                        .append('=')
                        .append(Double.toHexString(item.propensity()));
            }
            text.append('\n');
        }
        return text.append(decision.degraded()).append(decision.privacy()).toString();
    }

    private static List<CandidateTrace> trace(PlacementDecision placement) {
        List<CandidateTrace> trace = placement.trace();
        assertNotNull(trace);
        return trace;
    }

    private static CandidateTrace.Factors factors(CandidateTrace trace) {
        CandidateTrace.Factors factors = trace.factors();
        assertNotNull(factors);
        return factors;
    }

    private static @Nullable Verdict verdict(Decision decision, String offer) {
        return trace(decision.placements().get(0)).stream()
                .filter(trace -> trace.offer().equals(offer))
                .map(CandidateTrace::verdict)
                .findFirst()
                .orElse(null);
    }
}
