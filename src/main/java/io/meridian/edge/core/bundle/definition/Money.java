package io.meridian.edge.core.bundle.definition;

import org.jspecify.annotations.Nullable;

/**
 * An amount as written.
 *
 * @param amount above 0
 * @param currency ISO 4217; null for the currency everything is compared in
 */
public record Money(double amount, @Nullable Located<String> currency) {}
