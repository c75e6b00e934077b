package io.pmemcheckj.findings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The part of a rule's file that the index does not hold. The YAML parser is loaded with this class, not before. */
@JsonIgnoreProperties(ignoreUnknown = true)
record RuleTexts(String title, String what, String why, String fix, RuleInfo.Example example) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * Reads the file of a rule that the index lists.
     *
     * @throws IllegalStateException if the build lacks the file, or it is damaged
     */
    static RuleTexts read(String id) {
        try {
            return YAML.readValue(RuleCatalogue.resource(id + ".yaml"), RuleTexts.class);
        } catch (JacksonException e) {
            throw new IllegalStateException("the rule file " + id + ".yaml is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
