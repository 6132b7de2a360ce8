package io.meridian.edge.core.bundle;

import io.meridian.edge.core.calendar.MarketCalendar;
import java.util.Map;

/**
 * A market as compiled.
 *
 * @param id for example {@code de}
 * @param languages of its content
 * @param calendar its civil time
 * @param currency ISO 4217
 * @param placements every placement of the bundle, by id
 */
public record Market(
        String id,
        Languages languages,
        MarketCalendar calendar,
        String currency,
        Map<String, PlacementPlan> placements) {}
