package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which law applies where.
 *
 * @param strictest the regime of unknown places; null if it could not be read
 */
public record JurisdictionsDefinition(@Nullable Located<String> strictest, List<Regime> regimes) {
    /**
     * @param countries ISO 3166-1 alpha-2
     * @param subdivisions such as {@code US-CA}
     * @param signals frameworks whose permissions are accepted
     * @param tcf whose TCF permissions count; null if not said
     * @param readable false if one of the needs could not be read: then nothing can be said of missing ones
     */
    public record Regime(
            Located<String> id,
            List<Located<String>> countries,
            List<Located<String>> subdivisions,
            List<Located<SignalFramework>> signals,
            @Nullable Tcf tcf,
            List<Need> needs,
            boolean readable) {}

    /** @param vendor the vendor whose permissions count; 0 for the publisher's own */
    public record Tcf(int vendor, Where where) {}

    /** Each pair of these classes and purposes needs this basis. */
    public record Need(List<DataClass> classes, List<Purpose> purposes, Basis basis, Where where) {}
}
