package io.meridian.edge.core.bundle.definition;

import java.util.List;

/**
 * What amounts in other currencies are worth.
 *
 * @param base ISO 4217: the currency plain numbers are in
 */
public record CurrenciesDefinition(Located<String> base, List<Rate> rates) {
    /** @param perBase what one unit of the base buys, above 0 */
    public record Rate(Located<String> currency, double perBase) {}
}
