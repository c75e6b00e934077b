package io.pmemcheckj.gate;

import io.pmemcheckj.analysis.NameGlob;
import io.pmemcheckj.analysis.PathGlob;
import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.RuleCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a file of suppressions, in YAML; the schema {@code rules/schema/suppressions.schema.json} describes it:
 *
 * <pre>
 * suppressions:
 * - rule: unflushed-store
 *   class: com.example.Log
 *   method: append
 *   reason: the index is rebuilt when the log is opened
 *   until: 2027-06-30
 * </pre>
 */
final class SuppressionFile {
    private static final Set<String> CRITERIA = Set.of("rule", "class", "method", "file", "stack", "segment");

    private final Path path;

    private SuppressionFile(Path path) {
        this.path = path;
    }

    /** @throws UsageException if the file cannot be read or says something else than suppressions */
    static List<FileSuppression> read(Path path) {
        return new SuppressionFile(path).read();
    }

    private List<FileSuppression> read() {
        JsonNode root = parse();
        if (root != null && root.isObject()) {
            requireFields(root, "the file", Set.of("suppressions"));
            root = root.get("suppressions");
        }
        if (root == null || !root.isArray()) {
            throw error("the file", "must have a list of suppressions, each with a rule and a reason");
        }
        List<FileSuppression> suppressions = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            suppressions.add(suppression(root.get(i), i + 1));
        }
        return suppressions;
    }

    private JsonNode parse() {
        try {
            return new YAMLMapper().readTree(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new UsageException("--suppressions " + path + ": no such file");
        } catch (IOException e) {
            throw new UsageException("--suppressions " + path + ": cannot be read as text: " + e.getMessage());
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("syntax error");
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new UsageException("--suppressions " + path + line + ": not valid YAML: " + reason);
        }
    }

    private FileSuppression suppression(JsonNode node, int number) {
        String where = "suppression " + number;
        Set<String> allowed = new TreeSet<>(CRITERIA);
        allowed.addAll(Set.of("reason", "until"));
        requireFields(node, where, allowed);
        if (CRITERIA.stream().noneMatch(node::has)) {
            throw error(
                    where, "would match everything; say what it is for: " + String.join(", ", new TreeSet<>(CRITERIA)));
        }
        if (!node.has("reason")) {
            throw error(where + ", reason", "is missing; say why this is no fault");
        }
        Finding.Suppression suppression = new Finding.Suppression(
                Finding.Suppression.FILE, text(node, where, "reason"), until(node, where), path + ", " + where);
        return new FileSuppression(
                rule(node, where),
                names(node, where, "class"),
                names(node, where, "method"),
                paths(node, where, "file"),
                frames(node.get("stack"), where + ", stack"),
                paths(node, where, "segment"),
                suppression,
                suppression.source()
                        + (node.has("rule") ? ", " + node.get("rule").asString() : ""));
    }

    /** A rule id that no rule has is a slip of the pen, and would suppress nothing. */
    private Predicate<String> rule(JsonNode node, String where) {
        Predicate<String> rule = names(node, where, "rule");
        if (rule != null && RuleCatalogue.load().ids().stream().noneMatch(rule)) {
            throw error(
                    where + ", rule", "there is no rule '" + node.get("rule").asString() + "'; 'explain' lists them");
        }
        return rule;
    }

    private String until(JsonNode node, String where) {
        if (!node.has("until")) {
            return null;
        }
        try {
            return LocalDate.parse(text(node, where, "until")).toString();
        } catch (DateTimeParseException e) {
            throw error(where + ", until", "must be a date such as 2027-01-31");
        }
    }

    private Predicate<String> names(JsonNode node, String where, String field) {
        return node.has(field) ? NameGlob.pattern(text(node, where, field)).asMatchPredicate() : null;
    }

    private Predicate<String> paths(JsonNode node, String where, String field) {
        return node.has(field)
                ? new PathGlob("--suppressions " + path + ": " + where + ", " + field, text(node, where, field))
                : null;
    }

    private List<Predicate<String>> frames(JsonNode node, String where) {
        List<Predicate<String>> frames = new ArrayList<>();
        if (node != null && node.isArray()) {
            for (JsonNode frame : node) {
                frames.add(frame(frame, where));
            }
        } else if (node != null) {
            frames.add(frame(node, where));
        }
        return frames;
    }

    private Predicate<String> frame(JsonNode node, String where) {
        if (!node.isString() || node.asString().isBlank()) {
            throw error(where, "must be a text or a list of texts, such as com.example.Cache.*");
        }
        return NameGlob.pattern(node.asString()).asMatchPredicate();
    }

    private void requireFields(JsonNode node, String where, Set<String> allowed) {
        if (!node.isObject()) {
            throw error(where, "must be a mapping of fields");
        }
        for (String name : node.propertyNames()) {
            if (!allowed.contains(name)) {
                throw error(where, "unknown field '" + name + "'; there are " + String.join(", ", allowed));
            }
        }
    }

    private String text(JsonNode node, String where, String field) {
        JsonNode value = node.get(field);
        if (!value.isString() || value.asString().isBlank()) {
            throw error(where + ", " + field, "must be a text");
        }
        return value.asString();
    }

    private UsageException error(String where, String what) {
        return new UsageException("--suppressions " + path + ": " + where + ": " + what);
    }
}
