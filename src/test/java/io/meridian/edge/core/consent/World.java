package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Everything a grant rests on, as structured values that a test can take consent away from. Built from a seed; the
 * same seed builds the same world.
 */
final class World {
    final Jurisdiction jurisdiction;
    final TcfBasis basis;
    final @Nullable TcfText tcf;
    final @Nullable TcfText tcfInGpp;
    final List<UsText> sections = new ArrayList<>();
    final int[] inForce;

    @Nullable
    String usPrivacyInGpp;

    @Nullable
    String usPrivacy;

    boolean gpc;

    @Nullable
    StoredConsent stored;

    boolean spoiledTcf;
    boolean spoiledGpp;

    World(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        jurisdiction = jurisdiction(random);
        basis = random.nextBoolean() ? TcfBasis.publisher() : TcfBasis.vendor(TcfText.VENDOR);
        tcf = random.nextInt(3) > 0 ? tcf(random) : null;
        tcfInGpp = random.nextInt(4) == 0 ? tcf(random) : null;
        if (random.nextInt(3) == 0) {
            usPrivacyInGpp = usPrivacy(random);
        }
        for (UsSection section : UsSection.values()) {
            if (random.nextInt(section == UsSection.USNAT ? 2 : 12) == 0) {
                sections.add(section(section, random));
            }
        }
        List<Integer> ids = new ArrayList<>();
        for (UsText section : sections) {
            if (random.nextInt(3) > 0) {
                ids.add(section.section.id);
            }
        }
        inForce = random.nextBoolean()
                ? Signals.NO_SECTIONS
                : ids.stream().mapToInt(Integer::intValue).toArray();
        usPrivacy = random.nextInt(3) == 0 ? usPrivacy(random) : null;
        gpc = random.nextInt(8) == 0;
        if (random.nextBoolean()) {
            int given = random.nextInt() & Purpose.ALL_BITS;
            int refused = random.nextInt() & random.nextInt() & random.nextInt() & Purpose.ALL_BITS;
            stored = new StoredConsent(given, given & random.nextInt(), refused, 0, false);
        }
    }

    /** Takes away one thing, chosen by a second seed; says what. */
    String takeAway(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int purpose = Purpose.ofTcf(1 + random.nextInt(Purpose.count())).bit();
        switch (random.nextInt(9)) {
            case 0, 1:
                TcfText text = random.nextInt(4) == 0 || tcf == null ? tcfInGpp : tcf;
                return text == null ? "nothing" : takeFromTcf(text, purpose, random);
            case 2, 3:
                return sections.isEmpty()
                        ? "nothing"
                        : takeFromSection(sections.get(random.nextInt(sections.size())), random);
            case 4:
                usPrivacy = lessUsPrivacy(usPrivacy, random);
                return "US Privacy";
            case 5:
                usPrivacyInGpp = lessUsPrivacy(usPrivacyInGpp, random);
                return "US Privacy in GPP";
            case 6:
                gpc = true;
                return "GPC set";
            case 7:
                if (tcf != null && random.nextBoolean()) {
                    spoiledTcf = true;
                    return "TC string spoiled";
                }
                spoiledGpp = gpp() != null;
                return "GPP string spoiled";
            default:
                return takeFromStored(purpose, random);
        }
    }

    Grant grant() {
        String text = tcf == null ? null : tcf.text();
        String gpp = gpp();
        ConsentInput input = new ConsentInput(
                null, spoiledTcf ? text + "!" : text, spoiledGpp ? gpp + "~" : gpp, inForce, gpc, usPrivacy);
        return Grants.grant(jurisdiction, input, basis, TcfText.NOW);
    }

    private @Nullable String gpp() {
        List<Integer> ids = new ArrayList<>();
        StringBuilder parts = new StringBuilder();
        if (tcfInGpp != null) {
            ids.add(2);
            parts.append('~').append(tcfInGpp.text());
        }
        if (usPrivacyInGpp != null) {
            ids.add(6);
            parts.append('~').append(usPrivacyInGpp);
        }
        for (UsText section : sections) {
            ids.add(section.section.id);
            parts.append('~').append(section.text());
        }
        return ids.isEmpty()
                ? null
                : UsText.header(ids.stream().mapToInt(Integer::intValue).toArray()) + parts;
    }

    private static String takeFromTcf(TcfText text, int purpose, SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0:
                text.consent &= ~purpose;
                return "consent";
            case 1:
                text.legitimateInterest &= ~purpose;
                return "interest";
            case 2:
                text.publisherConsent &= ~purpose;
                return "publisher consent";
            case 3:
                text.publisherLegitimateInterest &= ~purpose;
                return "publisher interest";
            case 4:
                text.vendorConsent = false;
                return "vendor consent";
            case 5:
                text.vendorLegitimateInterest = false;
                return "vendor interest";
            case 6:
                text.vendorDisclosed = false;
                return "vendor disclosed";
            case 7:
                text.created = 0;
                return "age";
            case 8:
                text.policyVersion = 2;
                return "policy";
            default:
                int id = 1 + Integer.numberOfTrailingZeros(purpose);
                text.restrictions.add(new int[] {id, random.nextInt(4), 42 - random.nextInt(2), 50});
                return "restriction";
        }
    }

    private static String takeFromSection(UsText text, SplittableRandom random) {
        if (random.nextInt(8) == 0) {
            text.gpc = true;
            return text.section + " GPC";
        }
        // The fields but the last consents and the agreement's, which permit nothing to us.
        int end = text.fields.length - 3 - text.section.furtherCount;
        int index = random.nextInt(end);
        boolean notice = index < (text.section.sale - 6) / 2;
        if (notice) {
            text.fields[index] = 2;
        } else {
            text.fields[index] = text.fields[index] == 2 && random.nextBoolean() ? 0 : random.nextInt(5) == 0 ? 3 : 1;
        }
        return text.section + " field " + index + " to " + text.fields[index];
    }

    private String takeFromStored(int purpose, SplittableRandom random) {
        StoredConsent old = stored == null ? new StoredConsent(0, 0, 0, 0, false) : stored;
        switch (random.nextInt(4)) {
            case 0:
                stored = new StoredConsent(old.given() & ~purpose, old.explicit() & ~purpose, old.refused(), 0, false);
                return "stored given";
            case 1:
                stored = new StoredConsent(old.given(), old.explicit() & ~purpose, old.refused(), 0, false);
                return "stored explicit";
            case 2:
                stored = new StoredConsent(old.given(), old.explicit(), old.refused() | purpose, 0, false);
                return "stored refused";
            default:
                stored = StoredConsent.tombstone(0);
                return "erased";
        }
    }

    private static @Nullable String lessUsPrivacy(@Nullable String text, SplittableRandom random) {
        if (text == null || random.nextInt(3) == 0) {
            return text == null ? null : "1YX";
        }
        char[] characters = text.toCharArray();
        if (random.nextBoolean()) {
            characters[1] = 'N';
        } else {
            characters[2] = characters[2] == 'N' && random.nextBoolean() ? '-' : 'Y';
        }
        return new String(characters);
    }

    private static String usPrivacy(SplittableRandom random) {
        return "1" + "YYN-".charAt(random.nextInt(4)) + "NNY-".charAt(random.nextInt(4)) + "N";
    }

    private static UsText section(UsSection section, SplittableRandom random) {
        UsText text = new UsText(section);
        int end = text.fields.length - 3;
        boolean willing = random.nextInt(4) > 0;
        for (int index = (section.sale - 6) / 2; index < end; index++) {
            text.fields[index] = random.nextInt(willing ? 60 : 6) == 0 ? 1 : random.nextBoolean() ? 2 : 0;
        }
        if (random.nextBoolean()) {
            text.gpc(random.nextInt(8) == 0);
        }
        return text;
    }

    private static TcfText tcf(SplittableRandom random) {
        TcfText text = new TcfText();
        text.consent = random.nextInt() | random.nextInt();
        text.legitimateInterest = random.nextInt() | random.nextInt();
        text.publisherConsent = random.nextInt() | random.nextInt();
        text.publisherLegitimateInterest = random.nextInt() | random.nextInt();
        text.vendorConsent = random.nextInt(4) > 0;
        text.vendorLegitimateInterest = random.nextInt(4) > 0;
        text.ranges = random.nextBoolean();
        text.publisherSegment = random.nextInt(6) > 0;
        if (random.nextInt(3) == 0) {
            text.restrictions.add(new int[] {1 + random.nextInt(11), random.nextInt(3), 40, 44});
        }
        return text;
    }

    private static Jurisdiction jurisdiction(SplittableRandom random) {
        Basis[][] table = new Basis[DataClass.count()][Purpose.count()];
        Basis[] bases = Basis.values();
        for (Basis[] row : table) {
            for (int index = 0; index < row.length; index++) {
                row[index] = bases[random.nextInt(bases.length)];
            }
        }
        return new Jurisdiction("random", random.nextInt() | random.nextInt(), table);
    }
}
