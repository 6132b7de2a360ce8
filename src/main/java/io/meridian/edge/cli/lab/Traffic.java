package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.redis.MemoryProfileStore.Impression;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes up visits: markets alike, each one's first country more often than the others, pages of one to three placements of a channel,
 * visitors from a {@link Population} with all kinds of consent. The same seed makes the same visits.
 *
 * <p>Signals go by what the country's regime takes: TC strings, opt-outs, or nothing, with stored consent beside any of them.
 */
public final class Traffic {
    private static final long DAY_SECONDS = 86_400;
    private static final int MOST_PLACEMENTS = 3;
    private static final int SEEN_OFFERS = 5;
    private static final int SEEN_SECONDS = 3 * 86_400;
    private static final int NO_PROFILES = Purpose.CONTEXTUAL.bit() | Purpose.CONTEXTUAL_ADS.bit();
    private static final int OWN_CONTENT =
            Purpose.SELECT_CONTENT.bit() | Purpose.BUILD_PROFILE.bit() | Purpose.MEASURE.bit();
    private static final List<String> DEVICES = List.of("mobile", "mobile", "desktop", "mobile", "desktop", "tablet");

    private final List<MarketDefinition> markets;
    private final List<PlacementDefinition> placements;
    private final List<String> channels;
    private final List<String> offers;
    private final List<ConfigTree.Item> regimes;
    private final AttributeContract contract;
    private final Population population;
    private final long seed;
    private final long from;

    /**
     * @param configurations whose markets and placements are visited; of what two call alike, the first says how it is
     * @param market only this one; null for all
     * @param seed other seeds make other visits
     * @param from the visits spread over the day that begins here, epoch milliseconds
     */
    public Traffic(
            List<Configuration> configurations,
            AttributeContract contract,
            Population population,
            @Nullable String market,
            long seed,
            long from) {
        this.markets = distinct(
                        configurations,
                        one -> one.source().markets(),
                        one -> one.id().value())
                .stream()
                .filter(one -> market == null || one.id().value().equals(market))
                .toList();
        this.placements = distinct(
                configurations,
                one -> one.source().placements(),
                one -> one.id().value());
        this.channels = placements.stream()
                .flatMap(placement -> placement.channels().stream())
                .toList();
        this.offers = distinct(configurations, one -> items(one, "offers"), ConfigTree.Item::id).stream()
                .map(ConfigTree.Item::id)
                .toList();
        this.regimes = distinct(configurations, one -> items(one, "regimes"), ConfigTree.Item::id);
        this.contract = contract;
        this.population = population;
        this.seed = seed;
        this.from = from;
    }

    private static List<ConfigTree.Item> items(Configuration configuration, String list) {
        return configuration.tree().items().stream()
                .filter(item -> item.list().equals(list))
                .toList();
    }

    /** All of the first configuration, and what the others add to it by new names. */
    private static <T> List<T> distinct(
            List<Configuration> configurations, Function<Configuration, List<T>> of, Function<T, String> name) {
        List<T> all = new ArrayList<>(of.apply(configurations.get(0)));
        Set<String> names = all.stream().map(name).collect(Collectors.toCollection(HashSet::new));
        for (Configuration other : configurations.subList(1, configurations.size())) {
            of.apply(other).stream().filter(one -> names.add(name.apply(one))).forEach(all::add);
        }
        return List.copyOf(all);
    }

    /** True if there is nothing to visit. */
    public boolean isEmpty() {
        return markets.isEmpty() || placements.isEmpty();
    }

    /** The visit of a number, from 0. */
    public Visit visit(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        MarketDefinition market = markets.get(random.nextInt(markets.size()));
        long at = from + random.nextLong(DAY_SECONDS) * 1000;
        boolean named = random.nextDouble() < 0.7;
        DecisionRequest.Context context = context(market, random);
        List<PlacementRequest> asked = page(context, random);
        DecisionRequest request = new DecisionRequest(
                "request-" + seed + "-" + number,
                named ? List.of(new SubjectId(namespace(random), "visitor-" + seed + "-" + number)) : List.of(),
                null,
                asked,
                context,
                signals(context, Instant.ofEpochMilli(at), random),
                DecisionRequest.Options.DEFAULT);
        Map<String, Object> profile = population.profile(random);
        StoredConsent stored = stored(at, random);
        List<Impression> seen = seen(asked, at, random);
        return named
                ? new Visit(request, profile, stored, seen, at, null)
                : new Visit(request, Map.of(), null, List.of(), at, null);
    }

    private String namespace(SplittableRandom random) {
        int which = random.nextDouble() < 0.85
                ? 0
                : random.nextInt(contract.namespaces().size());
        return contract.namespaces().get(which).name();
    }

    private DecisionRequest.Context context(MarketDefinition market, SplittableRandom random) {
        List<String> countries = market.countries().stream().map(Located::value).toList();
        String country = countries.isEmpty()
                ? null
                : countries.get(random.nextDouble() < 0.65 ? 0 : random.nextInt(countries.size()));
        List<String> languages = market.languages().stream().map(Located::value).toList();
        String language = languages.isEmpty() ? "en" : languages.get(random.nextInt(languages.size()));
        String channel = channels.get(random.nextInt(channels.size()));
        String device = DEVICES.get(random.nextInt(DEVICES.size()));
        return new DecisionRequest.Context(
                market.id().value(),
                country,
                subdivision(country, random),
                country == null || language.contains("-") ? language : language + "-" + country,
                channel,
                device,
                population.contextAttributes(random));
    }

    /** One that a rule or a law names, of countries that have any; for others none. */
    private @Nullable String subdivision(@Nullable String country, SplittableRandom random) {
        TreeSet<String> known = new TreeSet<>();
        for (ConfigTree.Item regime : regimes) {
            for (String place : list(regime.text("subdivisions"))) {
                if (country != null && place.startsWith(country + "-")) {
                    known.add(place.substring(country.length() + 1));
                }
            }
        }
        boolean any = random.nextDouble() < 0.8;
        int which = random.nextInt(1 << 20);
        if (known.isEmpty() || !any) {
            return null;
        }
        known.addAll(population.words("subdivision"));
        return List.copyOf(known).get(which % known.size());
    }

    private List<PlacementRequest> page(DecisionRequest.Context context, SplittableRandom random) {
        List<PlacementDefinition> there = new ArrayList<>(placements.stream()
                .filter(placement -> placement.channels().contains(context.channel()))
                .toList());
        List<PlacementRequest> page = new ArrayList<>();
        for (int i = random.nextInt(1, MOST_PLACEMENTS + 1); i > 0 && !there.isEmpty(); i--) {
            PlacementDefinition placement = there.remove(random.nextInt(there.size()));
            page.add(new PlacementRequest(placement.id().value(), random.nextInt(1, maxItems(placement) + 1)));
        }
        return page;
    }

    private static int maxItems(PlacementDefinition placement) {
        return Math.max(
                1, Math.min(PlacementRequest.MAX_COUNT, placement.maxItems().value()));
    }

    private ConsentInput signals(DecisionRequest.Context context, Instant at, SplittableRandom random) {
        List<String> taken = signalsTaken(context.country());
        double draw = random.nextDouble();
        int some = random.nextInt(Purpose.ALL_BITS + 1);
        if (taken.contains("tcf")) {
            int purposes = draw < 0.45 ? Purpose.ALL_BITS : draw < 0.6 ? NO_PROFILES : draw < 0.65 ? 0 : some;
            return draw < 0.77 ? tcf(purposes, at) : ConsentInput.NONE;
        }
        boolean optedOut = draw < 0.2;
        return new ConsentInput(
                null,
                null,
                null,
                new int[0],
                taken.contains("gpc") && optedOut,
                taken.contains("us-privacy") && draw > 0.9 ? "1YYN" : null);
    }

    private List<String> signalsTaken(@Nullable String country) {
        for (ConfigTree.Item regime : regimes) {
            if (country != null && list(regime.text("countries")).contains(country)) {
                return list(regime.text("signals"));
            }
        }
        return List.of("tcf");
    }

    private static List<String> list(@Nullable String written) {
        return written == null || written.length() < 2
                ? List.of()
                : List.of(written.substring(1, written.length() - 1).split(", "));
    }

    private static ConsentInput tcf(int purposes, Instant at) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (Purpose purpose : Purpose.values()) {
            if (purpose.in(purposes)) {
                numbers.add(purpose.tcfId());
            }
        }
        return new ConsentInput(null, DemoConsentString.of(numbers, at), null, new int[0], false, null);
    }

    private static @Nullable StoredConsent stored(long at, SplittableRandom random) {
        double draw = random.nextDouble();
        long said = at - random.nextLong(1, 300) * DAY_SECONDS * 1000;
        if (draw < 0.45) {
            int explicit = draw < 0.08 ? Purpose.SELECT_CONTENT.bit() : 0;
            return new StoredConsent(OWN_CONTENT, explicit, 0, said, false);
        }
        return draw < 0.57 ? new StoredConsent(0, 0, Purpose.ALL_BITS & ~NO_PROFILES, said, false) : null;
    }

    private List<Impression> seen(List<PlacementRequest> asked, long at, SplittableRandom random) {
        List<Impression> seen = new ArrayList<>();
        int many = random.nextDouble() < 0.4 ? random.nextInt(1, SEEN_OFFERS + 1) : 0;
        for (int i = 0; i < many && !asked.isEmpty(); i++) {
            String offer = offers.get(random.nextInt(offers.size()));
            String placement = asked.get(random.nextInt(asked.size())).id();
            int last = (int) (at / 1000) - random.nextInt(60, SEEN_SECONDS);
            for (int times = random.nextInt(1, 4); times > 0; times--) {
                seen.add(new Impression(offer, placement, last - times * 60));
            }
        }
        seen.sort(Comparator.comparingInt(Impression::epochSecond));
        return seen;
    }
}
