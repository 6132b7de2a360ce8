package io.meridian.edge.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class FactsTest {
    private final FactLayout layout = new FactLayout(List.of(
            new FactLayout.Slot("profile.tier", ValueType.STRING, DataClass.TRANSACTION),
            new FactLayout.Slot("profile.app_installed", ValueType.BOOL, DataClass.BEHAVIOUR),
            new FactLayout.Slot("context.device", ValueType.STRING, null)));

    @Test
    void whatIsNotShownIsUnknownWhateverWasRead() {
        Facts facts = new Facts(layout);
        facts.setString(0, "gold");
        facts.setAbsent(1);
        facts.setString(2, "mobile");
        assertEquals(Facts.UNKNOWN, facts.state(0));
        assertEquals(Facts.UNKNOWN, facts.state(1));
        assertEquals(Facts.PRESENT, facts.state(2));

        facts.show(DataClass.TRANSACTION.bit());
        assertEquals(Facts.PRESENT, facts.state(0));
        assertEquals(Facts.UNKNOWN, facts.state(1));

        facts.show(DataClass.ALL_BITS);
        assertEquals(Facts.ABSENT, facts.state(1));
    }

    @Test
    void nothingOutlivesClear() {
        Facts facts = new Facts(layout);
        facts.show(DataClass.ALL_BITS);
        facts.setString(0, "gold");
        facts.clear();
        facts.show(DataClass.ALL_BITS);
        assertEquals(Facts.UNKNOWN, facts.state(0));
        assertThrows(IllegalStateException.class, () -> facts.stringAt(0));
    }
}
