package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Countries as ISO 3166-1 alpha-2, checked against the JDK's list. */
final class Places {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Places() {}

    static List<Located<String>> countries(Fields fields, String key, Problems problems) {
        fields.nonEmpty(key, "name a country, or leave it out");
        List<Located<String>> known = new ArrayList<>();
        for (Located<String> country : fields.words(key, Format.COUNTRY)) {
            if (COUNTRIES.contains(country.value())) {
                known.add(country);
            } else {
                String advice = country.value().equals("UK")
                        ? "the United Kingdom is GB"
                        : Nearest.advice(country.value(), Set.of());
                problems.add(
                        country.where(),
                        "unknown-country",
                        "'" + country.value() + "' is no country",
                        advice.isEmpty() || advice.startsWith("there") ? "see ISO 3166-1" : advice);
            }
        }
        return known;
    }
}
