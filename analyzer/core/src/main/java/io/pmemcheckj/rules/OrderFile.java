package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.NameGlob;
import io.pmemcheckj.analysis.PathGlob;
import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.replay.Replayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * A selector is one of {@code site}, {@code file}, {@code label} and {@code field}; all of its parts but {@code class}, {@code
 * file}, {@code label} and {@code field} may be left out. Fields are those of structs, which stand in front of the orders:
 *
 * <pre>
 * structs:
 * - {name: slot, file: "*.slots", size: 128, fields: {valid: {offset: 0, length: 8}, value: {offset: 64, length: 64}}}
 * orders:
 * - {first: {field: slot.value}, then: {field: slot.valid}}
 * </pre>
 *
 * An order between two fields of one struct is about each element on its own.
 */
final class OrderFile {
    private static final List<String> KINDS = List.of("site", "file", "label", "field");

    private final Path file;
    private final Replayer replayer;
    private final Map<String, Struct> structs = new HashMap<>();

    private OrderFile(Path file, Replayer replayer) {
        this.file = file;
        this.replayer = replayer;
    }

    /** @throws UsageException if the file cannot be read or says something else than orders */
    static List<Orders> read(Path file, Replayer replayer) {
        return new OrderFile(file, replayer).read();
    }

    private List<Orders> read() {
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
        JsonNode list = root;
        if (root != null && root.isObject()) {
            requireFields(root, "the file", Set.of("structs", "orders"));
            if (root.has("structs")) {
                readStructs(root.get("structs"));
            }
            list = root.get("orders");
        }
        if (list == null || !list.isArray()) {
            throw error(
                    "the file",
                    "must be a list of orders, each with name, first and then, or have such a list as orders");
        }
        List<Orders> orders = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            orders.add(order(list.get(i), "order " + (i + 1)));
        }
        return orders;
    }

    private void readStructs(JsonNode list) {
        if (!list.isArray()) {
            throw error("structs", "must be a list");
        }
        for (int i = 0; i < list.size(); i++) {
            String where = "struct " + (i + 1);
            JsonNode node = list.get(i);
            requireFields(node, where, Set.of("name", "file", "label", "offset", "size", "count", "fields"));
            requirePresent(node, where, "name");
            if (structs.put(text(node, where, "name"), struct(node, where)) != null) {
                throw error(where + ", name", "is that of another struct, too");
            }
        }
    }

    private Struct struct(JsonNode node, String where) {
        if (node.has("file") == node.has("label")) {
            throw error(where, "needs exactly one of file and label");
        }
        requirePresent(node, where, "size");
        long size = number(node, where, "size", 1, 0);
        Map<String, Struct.Field> fields = new HashMap<>();
        requirePresent(node, where, "fields");
        requireMapping(node.get("fields"), where + ", fields");
        for (String name : node.get("fields").propertyNames()) {
            fields.put(name, field(node.get("fields").get(name), where + ", fields, " + name, size));
        }
        return new Struct(
                node.has("file") ? pathGlob(node, where) : null,
                number(node, where, "offset", 0, 0),
                node.has("label") ? text(node, where, "label") : null,
                size,
                number(node, where, "count", 1, Struct.OPEN_ENDED / size),
                fields);
    }

    private Struct.Field field(JsonNode node, String where, long size) {
        requireFields(node, where, Set.of("offset", "length"));
        requirePresent(node, where, "offset");
        requirePresent(node, where, "length");
        long offset = number(node, where, "offset", 0, 0);
        long length = number(node, where, "length", 1, 0);
        if (length > size - offset) {
            throw error(where, "reaches beyond the size of the struct");
        }
        return new Struct.Field(offset, length);
    }

    private Orders order(JsonNode node, String where) {
        requireFields(node, where, Set.of("name", "first", "then"));
        String name = node.has("name") ? text(node, where, "name") : "";
        Selector first = selector(node, where, "first");
        Selector then = selector(node, where, "then");
        if (first instanceof FieldSelector a && then instanceof FieldSelector b && a.struct() == b.struct()) {
            return new ElementOrders(name, replayer.memory(), a.struct(), a.field(), b.field());
        }
        return new Order(name, first, then, false);
    }

    private Selector selector(JsonNode order, String orderName, String field) {
        String where = orderName + ", " + field;
        JsonNode node = order.get(field);
        if (node == null) {
            throw error(where, "is missing");
        }
        requireFields(node, where, Set.of("site", "file", "offset", "length", "label", "field"));
        if (KINDS.stream().filter(node::has).count() != 1) {
            throw error(where, "needs exactly one of site, file, label and field");
        }
        if (!node.has("file") && (node.has("offset") || node.has("length"))) {
            throw error(where, "offset and length go with file only");
        }
        if (node.has("label")) {
            return new LabelSelector(text(node, where, "label"));
        }
        if (node.has("field")) {
            return structField(text(node, where, "field"), where + ", field");
        }
        return node.has("file") ? fileRange(node, where) : site(node.get("site"), where + ", site");
    }

    private Selector structField(String name, String where) {
        int dot = name.lastIndexOf('.');
        Struct struct = dot < 0 ? null : structs.get(name.substring(0, dot));
        Struct.Field field = struct == null ? null : struct.field(name.substring(dot + 1));
        if (field == null) {
            throw error(where, "no struct in this file has '" + name + "'; it is written struct.field");
        }
        return new FieldSelector(struct, field);
    }

    private PathGlob pathGlob(JsonNode node, String where) {
        return new PathGlob("--order " + file + ": " + where + ", file", text(node, where, "file"));
    }

    private Selector fileRange(JsonNode node, String where) {
        PathGlob glob = pathGlob(node, where);
        long offset = number(node, where, "offset", 0, 0);
        long length = number(node, where, "length", 1, Long.MAX_VALUE - offset);
        if (length > Long.MAX_VALUE - offset) {
            throw error(where + ", length", "reaches beyond the largest possible file");
        }
        return new FileSelector(glob, offset, offset + length);
    }

    private Selector site(JsonNode node, String where) {
        requireFields(node, where, Set.of("class", "method", "line"));
        requirePresent(node, where, "class");
        String method = node.has("method") ? text(node, where, "method") : null;
        int line = (int) Math.min(number(node, where, "line", 1, 0), Integer.MAX_VALUE);
        return new SiteSelector(replayer.places(), NameGlob.pattern(text(node, where, "class")), method, line);
    }

    private void requirePresent(JsonNode node, String where, String field) {
        if (!node.has(field)) {
            throw error(where + ", " + field, "is missing");
        }
    }

    private void requireMapping(JsonNode node, String where) {
        if (!node.isObject()) {
            throw error(where, "must be a mapping of fields");
        }
    }

    private void requireFields(JsonNode node, String where, Set<String> allowed) {
        requireMapping(node, where);
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
