package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.PathGlob;
import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.replay.Replayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a file of declared orders, in YAML; the schema {@code rules/schema/order.schema.json} describes it:
 *
 * <pre>
 * - name: entry before head
 *   first: {site: {class: "com.example.Log*", method: append, line: 42}}
 *   then:  {file: "*.log", offset: 0, length: 8}
 * </pre>
 *
 * A selector is one of {@code site}, {@code file} and {@code label}; all of its fields but {@code class}, {@code file} and
 * {@code label} may be left out.
 */
final class OrderFile {
    private final Path file;
    private final Replayer replayer;

    private OrderFile(Path file, Replayer replayer) {
        this.file = file;
        this.replayer = replayer;
    }

    /** @throws UsageException if the file cannot be read or says something else than orders */
    static List<Order> read(Path file, Replayer replayer) {
        return new OrderFile(file, replayer).read();
    }

    private List<Order> read() {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("--order " + file + ": no such file");
        } catch (IOException e) {
            throw new UsageException("--order " + file + ": cannot be read as text: " + e.getMessage());
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("syntax error");
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new UsageException("--order " + file + line + ": not valid YAML: " + reason);
        }
        if (root == null || !root.isArray()) {
            throw error("the file", "must be a list of orders, each with name, first and then");
        }
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            orders.add(order(root.get(i), "order " + (i + 1)));
        }
        return orders;
    }

    private Order order(JsonNode node, String where) {
        requireFields(node, where, Set.of("name", "first", "then"));
        String name = node.has("name") ? text(node, where, "name") : where;
        return new Order(name, selector(node, where, "first"), selector(node, where, "then"));
    }

    private Selector selector(JsonNode order, String orderName, String field) {
        String where = orderName + ", " + field;
        JsonNode node = order.get(field);
        if (node == null) {
            throw error(where, "is missing");
        }
        requireFields(node, where, Set.of("site", "file", "offset", "length", "label"));
        int kinds = (node.has("site") ? 1 : 0) + (node.has("file") ? 1 : 0) + (node.has("label") ? 1 : 0);
        if (kinds != 1) {
            throw error(where, "needs exactly one of site, file and label");
        }
        if (!node.has("file") && (node.has("offset") || node.has("length"))) {
            throw error(where, "offset and length go with file only");
        }
        if (node.has("label")) {
            return new LabelSelector(text(node, where, "label"));
        }
        return node.has("file") ? fileRange(node, where) : site(node.get("site"), where + ", site");
    }

    private Selector fileRange(JsonNode node, String where) {
        PathGlob glob = new PathGlob("--order " + file + ": " + where + ", file", text(node, where, "file"));
        long offset = number(node, where, "offset", 0, 0);
        long length = number(node, where, "length", 1, Long.MAX_VALUE - offset);
        if (length > Long.MAX_VALUE - offset) {
            throw error(where + ", length", "reaches beyond the largest possible file");
        }
        return new FileSelector(glob, offset, offset + length);
    }

    private Selector site(JsonNode node, String where) {
        requireFields(node, where, Set.of("class", "method", "line"));
        if (!node.has("class")) {
            throw error(where + ", class", "is missing");
        }
        String method = node.has("method") ? text(node, where, "method") : null;
        int line = (int) Math.min(number(node, where, "line", 1, 0), Integer.MAX_VALUE);
        return new SiteSelector(replayer.places(), classGlob(text(node, where, "class")), method, line);
    }

    /** In a class glob {@code *} stands for any characters, dots included, and {@code ?} for one. */
    private static Pattern classGlob(String glob) {
        StringBuilder pattern = new StringBuilder();
        for (char c : glob.toCharArray()) {
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString());
    }

    private void requireFields(JsonNode node, String where, Set<String> allowed) {
        if (!node.isObject()) {
            throw error(where, "must be a mapping of fields");
        }
        Set<String> unknown = new HashSet<>(node.propertyNames());
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            throw error(where, "unknown field '" + unknown.iterator().next() + "'");
        }
    }

    private String text(JsonNode node, String where, String field) {
        JsonNode value = node.get(field);
        if (!value.isString() || value.asString().isEmpty()) {
            throw error(where + ", " + field, "must be a text");
        }
        return value.asString();
    }

    private long number(JsonNode node, String where, String field, long minimum, long otherwise) {
        JsonNode value = node.get(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < minimum) {
            throw error(where + ", " + field, "must be a whole number, at least " + minimum);
        }
        return value.asLong();
    }

    private UsageException error(String where, String what) {
        return new UsageException("--order " + file + ": " + where + ": " + what);
    }
}
