package io.meridian.edge.adapter.cel;

import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.FactLayout.Slot;
import io.meridian.edge.core.model.ValueType;
import java.util.List;

/** A small layout with every type and every kind of name, for the tests of this package. */
final class Vocabulary {
    static final FactLayout LAYOUT = new FactLayout(List.of(
            new Slot("profile.tier", ValueType.STRING, DataClass.TRANSACTION),
            new Slot("profile.top_category", ValueType.STRING, DataClass.TRANSACTION),
            new Slot("profile.orders_90d", ValueType.INT, DataClass.TRANSACTION),
            new Slot("profile.days_since_order", ValueType.INT, DataClass.TRANSACTION),
            new Slot("profile.spend_90d", ValueType.DOUBLE, DataClass.TRANSACTION),
            new Slot("profile.return_rate", ValueType.DOUBLE, DataClass.TRANSACTION),
            new Slot("profile.newsletter", ValueType.BOOL, DataClass.PREFERENCE),
            new Slot("profile.favourite_categories", ValueType.STRINGS, DataClass.PREFERENCE),
            new Slot("context.market", ValueType.STRING, null),
            new Slot("context.device", ValueType.STRING, null),
            new Slot("context.attributes.page.category", ValueType.STRING, null),
            new Slot("context.attributes.page.type", ValueType.STRING, null),
            new Slot("context.attributes.cart.value", ValueType.DOUBLE, null),
            new Slot("context.attributes.hour", ValueType.INT, null),
            new Slot("score.churn_risk", ValueType.DOUBLE, null),
            new Slot("segment.vip", ValueType.BOOL, null)));

    private Vocabulary() {}

    static CelCompiler compiler() {
        return new CelCompiler(LAYOUT, Vocabulary::allowedValues);
    }

    /** The condition, or an error that tells what is wrong with it. */
    static Condition condition(String text) {
        CelCompiler.Result result = compiler().compile(text);
        if (result instanceof CelCompiler.Compiled compiled) {
            return compiled.condition();
        }
        throw new AssertionError(text + " -> " + result);
    }

    static List<String> allowedValues(int slot) {
        return switch (LAYOUT.slot(slot).name()) {
            case "profile.tier" -> List.of("none", "bronze", "silver", "gold", "platinum");
            case "context.device" -> List.of("mobile", "tablet", "desktop", "kiosk");
            default -> List.of();
        };
    }
}
