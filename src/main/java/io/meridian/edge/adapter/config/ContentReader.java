package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.core.bundle.definition.ContentDefinition;
import io.meridian.edge.core.bundle.definition.ContentDefinition.OfferContent;
import io.meridian.edge.core.bundle.definition.ContentDefinition.VariantContent;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.LanguageTags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code global/content/<language>.yaml} and {@code markets/<market>/content.yaml}. */
final class ContentReader {
    private final Problems problems;

    ContentReader(Problems problems) {
        this.problems = problems;
    }

    /** @param language what the file's name says it must be; null if the file's name says nothing */
    ContentDefinition read(Fields file, @Nullable String language) {
        Located<String> tag = file.word("language", Format.LANGUAGE);
        Located<String> written = tag == null ? null : new Located<>(LanguageTags.canonical(tag.value()), tag.where());
        if (language != null) {
            file.require("language", language + ", as the file's name says");
            if (written != null && !written.value().equals(language)) {
                problems.add(
                        written.where(),
                        "wrong-file",
                        "the language '" + written.value() + "' does not go with the file's name",
                        "write " + language + ", or rename the file");
            }
        }
        file.require("offers", "content by offer");
        List<OfferContent> offers = new ArrayList<>();
        Fields offerFields = file.child("offers");
        if (offerFields != null) {
            for (Entry entry : offerFields.entries()) {
                Fields fields = Fields.of(entry.value(), problems);
                if (fields != null) {
                    offers.add(offer(new Located<>(entry.key(), entry.where()), fields));
                }
            }
        }
        file.end();
        return new ContentDefinition(language != null ? language : written == null ? null : written.value(), offers);
    }

    private OfferContent offer(Located<String> id, Fields fields) {
        YamlNode standard = fields.node("default");
        byte[] json = Json.object(standard, problems);
        List<VariantContent> variants = new ArrayList<>();
        Fields variantFields = fields.child("variants");
        if (variantFields != null) {
            for (Entry entry : variantFields.entries()) {
                byte[] merged = Json.merged(standard, entry.value(), problems);
                if (merged != null) {
                    variants.add(new VariantContent(new Located<>(entry.key(), entry.where()), merged));
                }
            }
        }
        fields.end();
        return new OfferContent(id, json, variants);
    }
}
