package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.core.model.CandidateTrace.Factors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The changes between two configurations, found by what they can bring about. */
final class ChangeIndex {
    /** What makes an offer a candidate of a placement. */
    static final List<String> CANDIDACY = List.of("disabled", "markets", "placements");

    /** Nothing goes by these. */
    private static final Set<String> WORDS_FOR_PEOPLE = Set.of("description", "name", "owner", "source", "revision");

    private static final Set<String> ASKING =
            Set.of("offers", "rules", "segments", "suppressions", "caps", "placements");
    private static final List<String> ASKING_VALUES =
            List.of("disabled", "markets", "placements", "caps", "propensity", "tags", "category", "offers", "ranking");

    private static final Pattern SEGMENT = Pattern.compile("segment\\.([a-z0-9_]+)");
    private static final Pattern FACT = Pattern.compile("(?:profile|context\\.attributes)\\.([a-z0-9_.]+)");

    private final List<ConfigChange> all;
    private final List<RuleBook> books;

    ChangeIndex(ConfigTree before, ConfigTree after) {
        this.all = ConfigChange.between(before, after).stream()
                .filter(change -> !WORDS_FOR_PEOPLE.contains(change.path()))
                .toList();
        this.books = List.of(new RuleBook(before), new RuleBook(after));
    }

    /** All that decisions can go by, by file, list and item. */
    List<ConfigChange> all() {
        return all;
    }

    /** Changes of an offer, and of the rules about it, in these of their values; of either as a whole, if there are none. */
    List<ConfigChange> ofOffer(String offer, String market, String region, List<String> paths) {
        Predicate<ConfigChange> about = change -> isAbout(change, offer, market, region);
        List<ConfigChange> found = find(about.and(change -> change.path().isEmpty() || isUnder(change.path(), paths)));
        return found.isEmpty() ? find(about) : found;
    }

    private static boolean isAbout(ConfigChange change, String offer, String market, String region) {
        return (change.list().equals("offers") || change.list().equals("rules"))
                && change.id().equals(offer)
                && RuleBook.isOf(change.file(), market, region);
    }

    private static boolean isUnder(String path, List<String> paths) {
        return paths.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "."));
    }

    /** Changes of an offer's conditions and of what these look at. */
    List<ConfigChange> ofCondition(String offer, String market, String region) {
        List<ConfigChange> found = find(change -> isAbout(change, offer, market, region)
                && (change.path().equals("when") || change.path().isEmpty()));
        return found.isEmpty() ? ofFacts(conditions(offer, market, region), region) : found;
    }

    /** The conditions of an offer and of the rules about it, before and after. */
    private List<String> conditions(String offer, String market, String region) {
        List<String> texts = new ArrayList<>();
        for (RuleBook book : books) {
            Stream.concat(
                            book.find("offers", offer, market, region).stream(),
                            book.find("rules", offer, market, region).stream())
                    .map(item -> item.text("when"))
                    .filter(text -> text != null)
                    .forEach(texts::add);
        }
        return texts;
    }

    /** Changes of segments and attributes that conditions name, else of models, else of the law. */
    private List<ConfigChange> ofFacts(List<String> conditions, String region) {
        Set<String> segments = new HashSet<>();
        Set<String> facts = new HashSet<>();
        for (String condition : conditions) {
            for (Matcher matcher = SEGMENT.matcher(condition); matcher.find(); ) {
                segments.add(matcher.group(1));
            }
            for (Matcher matcher = FACT.matcher(condition); matcher.find(); ) {
                facts.add(matcher.group(1));
            }
        }
        List<ConfigChange> found = find(change -> change.list().equals("segments") && segments.contains(change.id())
                || (change.list().equals("profile") || change.list().equals("context")) && facts.contains(change.id()));
        if (found.isEmpty() && !segments.isEmpty()) {
            // Segments of a group exclude each other.
            found = find(change -> change.list().equals("segments"));
        }
        if (found.isEmpty()) {
            found = find(change -> change.file().equals("regions/" + region + ".yaml"));
        }
        return found.isEmpty() ? ofLaw() : found;
    }

    /** Changes of how an offer's variants are chosen: of the conditions of these, of what they look at, or of the shares. */
    List<ConfigChange> ofVariants(String offer, List<String> variants, String market, String region) {
        List<String> texts = new ArrayList<>();
        for (RuleBook book : books) {
            for (String variant : variants) {
                book.find("offers", offer, market, region).stream()
                        .map(item -> item.text("variants." + variant + ".when"))
                        .filter(text -> text != null)
                        .forEach(texts::add);
            }
        }
        List<String> conditions = variants.stream()
                .map(variant -> "variants." + variant + ".when")
                .toList();
        List<ConfigChange> found =
                find(change -> isAbout(change, offer, market, region) && isUnder(change.path(), conditions));
        if (found.isEmpty() && !texts.isEmpty()) {
            found = ofFacts(texts, region);
        }
        return found.isEmpty() ? ofOffer(offer, market, region, List.of("variants")) : found;
    }

    /** Changes of a suppression or cap, of what puts an offer under it, else of what it looks at. */
    List<ConfigChange> ofGuard(String list, String offer, @Nullable String guard, String market, String region) {
        List<ConfigChange> found = find(change -> change.list().equals(list)
                && (guard == null || change.id().equals(guard))
                && RuleBook.isOf(change.file(), market, region));
        if (found.isEmpty()) {
            found = find(change -> isAbout(change, offer, market, region)
                    && isUnder(change.path(), List.of("tags", "category", "caps")));
        }
        if (!found.isEmpty() || guard == null) {
            return found;
        }
        List<String> texts = new ArrayList<>();
        for (RuleBook book : books) {
            book.find(list, guard, market, region).stream()
                    .map(item -> item.text("when"))
                    .filter(text -> text != null)
                    .forEach(texts::add);
        }
        return ofFacts(texts, region);
    }

    /** Changes of what an offer is expected to be taken up. */
    List<ConfigChange> ofPropensity(String offer, Factors old, Factors now, String market, String region) {
        List<ConfigChange> found = find(change ->
                isAbout(change, offer, market, region) && isUnder(change.path(), List.of("propensity", "category")));
        String sources = old.propensitySource() + " " + now.propensitySource();
        if (found.isEmpty() && sources.contains("model:")) {
            found = find(change -> change.file().equals("regions/" + region + ".yaml")
                    || change.path().startsWith("ranking"));
        }
        if (found.isEmpty() && sources.contains("segment:")) {
            found = find(change -> change.list().equals("segments"));
        }
        return found.isEmpty() ? ofLaw() : found;
    }

    /** Changes of an offer's texts. */
    List<ConfigChange> ofContent(String offer, String market) {
        List<ConfigChange> found = find(change ->
                change.path().startsWith("offers." + offer + ".") && RuleBook.isOf(change.file(), market, ""));
        return found.isEmpty() ? find(change -> change.file().equals("markets/" + market + "/market.yaml")) : found;
    }

    /** Changes of a placement, and of what a market or region says of it. */
    List<ConfigChange> ofPlacement(String placement, String market, String region) {
        List<ConfigChange> found = find(change -> RuleBook.isOf(change.file(), market, region)
                && (change.list().equals("placements") && change.id().equals(placement)
                        || change.path().endsWith("." + placement)
                        || change.path().contains("." + placement + ".")));
        return found;
    }

    /** Changes of what is asked of a visitor in a placement, or of what the law allows. */
    List<ConfigChange> ofDataUse(String placement, String market, String region) {
        List<ConfigChange> found = ofLaw();
        return found.isEmpty()
                ? find(change -> RuleBook.isOf(change.file(), market, region)
                        && ASKING.contains(change.list())
                        && (change.path().isEmpty()
                                || change.path().endsWith("when")
                                || isUnder(change.path(), ASKING_VALUES))
                        && concerns(change, placement, market, region))
                : found;
    }

    /** False for changes of offers that never run in the placement. */
    private boolean concerns(ConfigChange change, String placement, String market, String region) {
        if (!change.list().equals("offers") && !change.list().equals("rules")) {
            return true;
        }
        return books.stream()
                .flatMap(book -> book.find("offers", change.id(), market, region).stream())
                .map(item -> item.text("placements"))
                .anyMatch(text -> text != null && text.matches(".*[\\[ ]" + Pattern.quote(placement) + "[,\\]].*"));
    }

    /** Changes of what a market or region is: languages, calendar, countries, what it excludes. */
    List<ConfigChange> ofLayers(String market, String region) {
        return find(change -> change.file().equals("markets/" + market + "/market.yaml")
                || change.file().equals("regions/" + region + ".yaml")
                || change.file().equals("global/guardrails.yaml"));
    }

    /** Changes of what the law asks for. */
    List<ConfigChange> ofLaw() {
        return find(change -> change.file().equals("global/jurisdictions.yaml"));
    }

    private List<ConfigChange> find(Predicate<ConfigChange> which) {
        return all.stream().filter(which).toList();
    }
}
