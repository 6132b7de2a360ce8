package io.meridian.edge.core.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.iab.gpp.encoder.GppModel;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.SignalFramework;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Our reading of GPP strings against the IAB's Java library, on strings that it wrote itself and on its own reading of
 * them.
 *
 * <p>Where we mean to differ: the library takes "" for a string of no sections, accepts publisher restrictions that
 * run backwards, and rejects the national section in its narrow first version with one byte less; it writes the wide
 * form of that section under version 1, which we read by its length.
 */
class GppDifferentialTest {
    private static final long SEED = 777;
    private static final int ADS = UsSection.OPT_OUT_BITS;

    @Test
    void readsWhatTheLibraryReads() throws Exception {
        int rounds = Signals.thorough() ? 100_000 : 2_000;
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        int permitted = 0;
        for (int round = 0; round < rounds; round++) {
            GppModel model = new GppModel();
            List<UsSection> sections = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int index = 0; index < count; index++) {
                UsSection section = UsSection.values()[random.nextInt(UsSection.values().length)];
                if (!sections.contains(section)) {
                    sections.add(section);
                    fill(model, section, random);
                }
            }
            String usPrivacy = null;
            if (random.nextInt(4) == 0) {
                usPrivacy = "1" + "YN-".charAt(random.nextInt(3)) + "YN-".charAt(random.nextInt(3)) + "N";
                model.setFieldValue("uspv1", "Version", 1);
                model.setFieldValue("uspv1", "Notice", usPrivacy.substring(1, 2));
                model.setFieldValue("uspv1", "OptOutSale", usPrivacy.substring(2, 3));
                model.setFieldValue("uspv1", "LspaCovered", "N");
            }
            String text = model.encode();
            GppModel oracle = new GppModel(text);
            String which = "seed " + SEED + " round " + round + " " + text;
            Expected expected = new Expected();
            for (UsSection section : sections) {
                expected.read(oracle, section);
            }
            if (usPrivacy != null) {
                expected.optedOut |= usPrivacy.charAt(2) == 'Y';
            }
            ConsentSignals signals = Signals.decode(Signals.gpp(text));
            Signals.assertProblem(null, signals);
            int expectedRefusals = (expected.optedOut ? ADS : 0) | (expected.child ? UsSection.PERSONAL_BITS : 0);
            assertEquals(expectedRefusals, signals.refused(), which);
            assertEquals(expected.sensitive, signals.sensitive(), which);
            int notOptedOut =
                    signals.notOptedOut(Signals.everywhere(Basis.OPT_OUT, SignalFramework.GPP)) & ~signals.refused();
            if (!expected.optedOut && !expected.child) {
                assertEquals(expected.notOptedOut ? ADS : 0, notOptedOut, which);
            }
            refused += signals.refused() != 0 ? 1 : 0;
            permitted += notOptedOut != 0 ? 1 : 0;
        }
        assertTrue(refused > rounds / 20 && permitted > rounds / 20, "the generator must reach every case");
    }

    @Test
    void delegatesTheEuropeanSection() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            String tcf = TcfDifferentialTest.generate(random);
            ConsentSignals alone = Signals.decodeAsVendor(Signals.tcf(tcf));
            ConsentSignals inside = Signals.decodeAsVendor(Signals.gpp(UsText.header(2) + "~" + tcf, 2));
            assertEquals(alone.consented(), inside.consented());
            assertEquals(alone.legitimateInterest(), inside.legitimateInterest());
            assertEquals(alone.problems(), inside.problems());
            assertEquals(alone.refused(), inside.refused());
            assertTrue(new GppModel(UsText.header(2) + "~" + tcf).hasSection(2));
        }
    }

    @Test
    void headersAgreeOnWhichSectionsArePresent() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 500; round++) {
            List<Integer> ids = new ArrayList<>();
            StringBuilder sections = new StringBuilder();
            for (UsSection section : UsSection.values()) {
                if (random.nextInt(3) == 0) {
                    ids.add(section.id);
                    sections.append('~').append(new UsText(section).text());
                }
            }
            String text = UsText.header(ids.stream().mapToInt(Integer::intValue).toArray()) + sections;
            Signals.assertProblem(null, Signals.decode(Signals.gpp(text)));
            assertEquals(ids, new GppModel(text).getSectionIds(), text);
        }
    }

    private static void fill(GppModel model, UsSection section, SplittableRandom random) {
        String name = section.name().toLowerCase(Locale.ROOT);
        for (String field :
                new String[] {"SaleOptOutNotice", "SharingOptOutNotice", "TargetedAdvertisingOptOutNotice"}) {
            if (model.hasField(name, field) || hasNotice(section, field)) {
                model.setFieldValue(name, field, random.nextInt(8) == 0 ? random.nextInt(3) : 1);
            }
        }
        model.setFieldValue(name, "SaleOptOut", choice(random));
        if (section.sharing != 0) {
            model.setFieldValue(name, "SharingOptOut", choice(random));
        }
        if (section.advertising != 0) {
            model.setFieldValue(name, "TargetedAdvertisingOptOut", choice(random));
        }
        model.setFieldValue(name, "SensitiveDataProcessing", choices(section.sensitiveCount, random));
        model.setFieldValue(
                name,
                "KnownChildSensitiveDataConsents",
                section.childCount == 1 ? (Object) choice(random) : choices(section.childCount, random));
        model.setFieldValue(name, "MspaCoveredTransaction", 1 + random.nextInt(2));
        if (model.hasField(name, "Gpc")) {
            model.setFieldValue(name, "Gpc", random.nextInt(6) == 0);
        }
    }

    private static boolean hasNotice(UsSection section, String field) {
        return switch (field) {
            case "SaleOptOutNotice" -> true;
            case "SharingOptOutNotice" -> section.sharingNotice != 0;
            default -> section.advertisingNotice != 0;
        };
    }

    /** Mostly not applicable or permitted, else no string of several sections would permit anything. */
    private static int choice(SplittableRandom random) {
        int roll = random.nextInt(12);
        return roll == 0 ? 1 : roll < 6 ? 2 : 0;
    }

    private static List<Integer> choices(int count, SplittableRandom random) {
        boolean quiet = random.nextBoolean();
        List<Integer> choices = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            choices.add(quiet ? 0 : choice(random));
        }
        return choices;
    }

    /** The law of the sections a second time, from the library's named fields. */
    private static final class Expected {
        boolean optedOut;
        boolean notOptedOut;
        boolean child;
        SensitiveStatement sensitive = SensitiveStatement.NONE;

        void read(GppModel oracle, UsSection section) {
            String name = section.name().toLowerCase(Locale.ROOT);
            boolean sectionOptedOut = false;
            boolean permitted = false;
            boolean noticed = true;
            for (String choice : new String[] {"SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut"}) {
                if (oracle.hasField(name, choice)) {
                    sectionOptedOut |= oracle.getFieldValue(name, choice).equals(1);
                    permitted |= oracle.getFieldValue(name, choice).equals(2);
                    noticed &= !oracle.getFieldValue(name, choice + "Notice").equals(2);
                }
            }
            List<Integer> children = list(oracle.getFieldValue(name, "KnownChildSensitiveDataConsents"));
            int processing = switch (section) {
                case USNAT, USFL -> 3;
                case USCA -> 0;
                default -> 1;
            };
            boolean sectionChild = children.subList(0, processing).contains(1);
            sectionOptedOut |= children.subList(processing, children.size()).contains(1);
            boolean gpc = oracle.hasField(name, "Gpc")
                    && oracle.getFieldValue(name, "Gpc").equals(true);
            List<Integer> fields = list(oracle.getFieldValue(name, "SensitiveDataProcessing"));
            if (fields.contains(1) || children.contains(1)) {
                raise(SensitiveStatement.REFUSED);
            } else if (fields.contains(2)) {
                boolean optOut = section == UsSection.USCA || section == UsSection.USUT || section == UsSection.USIA;
                raise(optOut ? SensitiveStatement.NOT_OPTED_OUT : SensitiveStatement.CONSENTED);
            }
            notOptedOut |= permitted && noticed && !sectionOptedOut && !sectionChild;
            optedOut |= sectionOptedOut || gpc;
            child |= sectionChild;
        }

        private void raise(SensitiveStatement statement) {
            sensitive = statement.ordinal() > sensitive.ordinal() ? statement : sensitive;
        }

        @SuppressWarnings("unchecked")
        private static List<Integer> list(Object value) {
            return value instanceof List<?> list ? (List<Integer>) list : List.of((Integer) value);
        }
    }
}
