package io.meridian.edge.adapter.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CelCompilerTest {
    @Test
    void aConditionIsTrueFalseUnknownOrAnError() {
        Condition condition =
                Vocabulary.condition("profile.tier == \"gold\" && context.device in [\"mobile\", \"tablet\"]");
        Facts facts = facts();
        assertEquals(Truth.UNKNOWN, condition.evaluate(facts));
        facts.setString(slot("context.device"), "desktop");
        assertEquals(Truth.FALSE, condition.evaluate(facts), "one false part decides, whatever the unknown one is");
        facts.setString(slot("context.device"), new String("tablet"));
        facts.setAbsent(slot("profile.tier"));
        assertEquals(Truth.ERROR, condition.evaluate(facts));
        facts.setString(slot("profile.tier"), "gold");
        assertEquals(Truth.TRUE, condition.evaluate(facts));
        facts.show(0);
        assertEquals(Truth.UNKNOWN, condition.evaluate(facts), "a class that is not visible is not known");
    }

    @Test
    void presenceIsUnknownWhenTheFactIs() {
        Condition has = Vocabulary.condition("has(context.attributes.page.category)");
        Condition hasNot = Vocabulary.condition("!has(profile.tier)");
        Facts facts = facts();
        assertEquals(Truth.UNKNOWN, has.evaluate(facts));
        assertEquals(Truth.UNKNOWN, hasNot.evaluate(facts));
        facts.setAbsent(slot("context.attributes.page.category"));
        facts.setAbsent(slot("profile.tier"));
        assertEquals(Truth.FALSE, has.evaluate(facts));
        assertEquals(Truth.TRUE, hasNot.evaluate(facts));
    }

    @Test
    void aConditionTellsWhatItReadsAndWhy() {
        Condition condition =
                Vocabulary.condition("!(profile.tier in ['gold','silver']) || context.attributes.cart.value > 100.0");
        assertEquals("{0, 12}", condition.slots().toString());
        assertEquals(Set.of("gold", "silver"), condition.strings());
        Facts facts = facts();
        facts.setString(slot("profile.tier"), "gold");
        assertEquals(
                List.of(
                        new Condition.Leaf("profile.tier in [\"gold\", \"silver\"]", Truth.TRUE),
                        new Condition.Leaf("context.attributes.cart.value > 100.0", Truth.UNKNOWN)),
                condition.why(facts));
    }

    @Test
    void onlyTheNamedRootsMayBeRead() {
        CelCompiler compiler = Vocabulary.compiler();
        assertInstanceOf(CelCompiler.Compiled.class, compiler.compile("context.device == 'mobile'", Set.of("context")));
        CelCompiler.Result result = compiler.compile("segment.vip || profile.newsletter", Set.of("context"));
        assertEquals(
                "[1:1 segment.vip cannot be used here (only what begins with context),"
                        + " 1:16 profile.newsletter cannot be used here (only what begins with context)]",
                assertInstanceOf(CelCompiler.Problems.class, result).problems().toString());
    }

    @Test
    void aNameThatIsAlsoTheBeginningOfAnotherIsRefused() {
        FactLayout layout = new FactLayout(List.of(
                new FactLayout.Slot("context.attributes.page", ValueType.STRING, null),
                new FactLayout.Slot("context.attributes.page.type", ValueType.STRING, null)));
        var refusal = assertThrows(IllegalArgumentException.class, () -> new CelCompiler(layout, slot -> List.of()));
        assertTrue(refusal.getMessage().contains("context.attributes.page "), refusal.getMessage());
    }

    private static Facts facts() {
        Facts facts = new Facts(Vocabulary.LAYOUT);
        facts.show(DataClass.ALL_BITS);
        return facts;
    }

    private static int slot(String name) {
        return Vocabulary.LAYOUT.indexOf(name);
    }
}
