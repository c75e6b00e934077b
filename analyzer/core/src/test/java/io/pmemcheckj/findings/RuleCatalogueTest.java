package io.pmemcheckj.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RuleCatalogueTest {
    private static final RuleCatalogue CATALOGUE = RuleCatalogue.load();

    static Stream<RuleInfo> rules() {
        return CATALOGUE.rules().stream();
    }

    @Test
    void indexListsExactlyTheRuleFiles() throws Exception {
        Set<String> files;
        try (Stream<Path> entries = Files.list(folder())) {
            files = entries.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("index.txt"))
                    .map(name -> name.replaceFirst("\\.yaml$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertEquals(files, new TreeSet<>(CATALOGUE.ids()));
    }

    @Test
    void indexHasNoLineTwice() throws Exception {
        List<String> ids = Files.readAllLines(folder().resolve("index.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ")[0])
                .toList();
        assertEquals(List.copyOf(CATALOGUE.ids()), ids);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void indexAgreesWithTheRuleFile(RuleInfo rule) throws Exception {
        JsonNode file = new YAMLMapper().readTree(folder().resolve(rule.id() + ".yaml"));
        assertEquals(file.get("id").asString(), rule.id());
        assertEquals(file.get("severity").asString(), rule.severity().id());
        assertEquals(file.get("enabledByDefault").asBoolean(), rule.enabledByDefault());
        assertEquals(file.get("kind").asString(), rule.isCost() ? "cost" : "correctness");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ruleFileMatchesTheSchema(RuleInfo rule) throws Exception {
        var errors = ruleSchema().validate(Files.readString(folder().resolve(rule.id() + ".yaml")), InputFormat.YAML);
        assertTrue(errors.isEmpty(), () -> rule.id() + ": " + errors);
    }

    @Test
    void theSchemaRejectsARuleFileWithoutFix() throws Exception {
        String broken =
                Files.readString(folder().resolve("unflushed-store.yaml")).replace("fix: >-", "repair: >-");
        assertFalse(ruleSchema().validate(broken, InputFormat.YAML).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void textsAreThereAndTheExamplesDiffer(RuleInfo rule) {
        assertFalse(rule.title().isBlank());
        assertFalse(RuleInfo.paragraphs(rule.what()).isEmpty());
        assertFalse(RuleInfo.paragraphs(rule.why()).isEmpty());
        assertFalse(RuleInfo.paragraphs(rule.fix()).isEmpty());
        assertFalse(rule.example().buggy().equals(rule.example().fixed()), rule.id());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void exampleLinesFitATerminal(RuleInfo rule) {
        Stream.of(rule.example().buggy(), rule.example().fixed())
                .flatMap(String::lines)
                .forEach(line -> assertTrue(line.length() <= 96, line));
    }

    @Test
    void aBlankLineInARuleFileStartsAParagraph() {
        List<String> why = RuleInfo.paragraphs(CATALOGUE.rule("unflushed-store").why());
        assertEquals(2, why.size());
        assertTrue(why.get(1).startsWith("Unmapping does not help"), why.get(1));
    }

    @Test
    void defaultIdsLeaveOutWhatIsOff() {
        Set<String> ids = CATALOGUE.defaultIds();
        assertTrue(ids.contains("unflushed-store"));
        assertFalse(ids.contains("overwritten-store"), "off by default");
    }

    @Test
    void anUnknownIdIsNamed() {
        assertTrue(CATALOGUE.find("no-such-rule").isEmpty());
        var failure = assertThrows(IllegalArgumentException.class, () -> CATALOGUE.rule("no-such-rule"));
        assertEquals("no rule 'no-such-rule' in the catalogue", failure.getMessage());
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(RuleCatalogue.class
                .getResource("/io/pmemcheckj/rules/catalogue/")
                .toURI());
    }

    private static Schema ruleSchema() throws IOException {
        try (InputStream in = RuleCatalogue.class.getResourceAsStream("/io/pmemcheckj/rules/schema/rule.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
    }
}
