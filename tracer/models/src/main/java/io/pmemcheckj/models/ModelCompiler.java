package io.pmemcheckj.models;

import io.pmemcheckj.models.Expression.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Compiles model files. One line each, fields separated by tabs:
 *
 * <pre>
 * library      NAME  GROUP:ARTIFACT or -  VERSIONS or -  FILE
 * transparent  NAME of a package or class, slashes between
 * method       OWNER  NAME  DESCRIPTOR or *  internal or -  CALL
 * function     NAME  CALL
 * </pre>
 *
 * what follows a library belongs to it. A CALL is a list with semicolons between: perhaps {@code fails OPERAND}, the events
 * before the call, the word {@code call}, the events after it. An event is its kind and its operands with blanks between, and
 * perhaps {@code if OPERAND}; an operand is postfix, see {@link Expression}.
 */
public final class ModelCompiler {
    /** First line of what is compiled. */
    public static final String HEADER = "pmemcheck-j models 1";

    private static final String CLASS_NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";
    private static final Pattern OWNER = Pattern.compile(CLASS_NAME);
    private static final Pattern METHOD = Pattern.compile("<init>|[\\p{L}\\p{N}_$*]+");
    private static final Pattern DESCRIPTOR =
            Pattern.compile("\\((\\[*([BCDFIJSZ]|L[^;\\[()\\s]+;))*\\)(V|\\[*([BCDFIJSZ]|L[^;\\[()\\s]+;))");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_][A-Za-z0-9_:-]*");
    private static final Pattern ARTIFACT = Pattern.compile("[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+");
    /** Maven's notation, without unions. */
    private static final Pattern VERSIONS =
            Pattern.compile("\\[ *V *]|[\\[(] *V? *, *V? *[\\])]".replace("V", "([0-9A-Za-z][0-9A-Za-z._-]*)"));

    private static final int MOST_ARGUMENTS = 255; // JVMS 4.11
    /** The tracer looks at no more arguments of a native function. */
    private static final int MOST_NATIVE_ARGUMENTS = 6;

    private static final Set<String> MODIFIERS = Set.of("if", "when");

    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private String library;

    private ModelCompiler(Path file) {
        this.file = file;
    }

    /**
     * Compiles the models of some files.
     *
     * @return lines, {@link #HEADER} first
     * @throws ModelException at the first thing that is wrong
     */
    public static List<String> compile(List<Path> files) throws ModelException {
        List<String> all = new ArrayList<>(List.of(HEADER));
        for (Path file : files) {
            ModelCompiler compiler = new ModelCompiler(file);
            compiler.compile(ModelFile.read(file));
            all.addAll(compiler.lines);
        }
        return all;
    }

    /** Names of the libraries in what was compiled. */
    public static List<String> libraries(List<String> compiled) {
        return compiled.stream()
                .filter(line -> line.startsWith("library\t"))
                .map(line -> line.split("\t")[1])
                .toList();
    }

    private void compile(Model model) throws ModelException {
        library = required(model.library(), "library");
        if (library.chars().anyMatch(c -> c < ' ')) {
            throw error("library", "must be one line");
        }
        matching(model.artifact(), ARTIFACT, "artifact", "group:artifact");
        matching(model.versions(), VERSIONS, "versions", "a range like [1.2,1.3), [1.0,) or [1.2.0]");
        add(
                "library",
                library,
                orDash(model.artifact()),
                orDash(model.versions()).replace(" ", ""),
                file.getFileName().toString());
        for (String name : model.transparentNames()) {
            matching(required(name, "transparent"), OWNER, "transparent", "the name of a package or class");
            add("transparent", name.replace('.', '/'));
        }
        for (int i = 0; i < model.methods().size(); i++) {
            method(model.methods().get(i), "methods[" + i + "]");
        }
        for (int i = 0; i < model.functions().size(); i++) {
            function(model.functions().get(i), "functions[" + i + "]");
        }
        if (lines.size() == 1) {
            throw error("the model", "says nothing: it has no transparent packages, methods or functions");
        }
    }

    private void method(Model.Method method, String index) throws ModelException {
        present(method, index);
        String owner = required(method.owner(), index + ".owner");
        matching(owner, OWNER, index + ".owner", "the name of a class, as in com.example.Pool$Block");
        String name = required(method.method(), index + ".method");
        String where = index + " (" + owner + "." + name + ")";
        matching(name, METHOD, where + ": method", "the name of a method, without parentheses");
        matching(method.descriptor(), DESCRIPTOR, where + ": descriptor", "one as javap -s shows it, like (JI)V");
        boolean returns = method.descriptor() == null || !method.descriptor().endsWith(")V");
        int arguments = method.descriptor() == null ? MOST_ARGUMENTS : argumentCount(method.descriptor());
        if (!method.internal() && (method.events() == null || method.events().isEmpty())) {
            throw error(where, "does nothing: it needs events, or internal: true");
        }
        String call = call(method.fails(), method.events(), where, new Scope(arguments, true, returns));
        String descriptor = method.descriptor() == null ? "*" : method.descriptor();
        add("method", owner.replace('.', '/'), name, descriptor, method.internal() ? "internal" : "-", call);
    }

    private void function(Model.Function function, String index) throws ModelException {
        present(function, index);
        if (function.names() == null || function.names().isEmpty()) {
            throw error(index + ".function", "is missing");
        }
        String where = index + " (" + function.names().get(0) + ")";
        if (function.events() == null || function.events().isEmpty()) {
            throw error(where, "does nothing: it needs events");
        }
        String call = call(function.fails(), function.events(), where, new Scope(MOST_NATIVE_ARGUMENTS, false, true));
        for (String name : function.names()) {
            matching(required(name, where + ": function"), FUNCTION, where + ": function", "the name of a C function");
            add("function", name, call);
        }
    }

    private static int argumentCount(String descriptor) {
        return (int) Pattern.compile("\\[*(L[^;]+;|[BCDFIJSZ])")
                .matcher(descriptor.substring(1, descriptor.indexOf(')')))
                .results()
                .count();
    }

    private String call(String fails, List<Map<String, JsonNode>> events, String where, Scope scope)
            throws ModelException {
        List<String> parts = new ArrayList<>();
        if (fails != null) {
            parts.add("fails " + expression(fails, where + ": fails", scope));
        }
        List<String> after = new ArrayList<>();
        for (int i = 0; events != null && i < events.size(); i++) {
            event(events.get(i), where + ": events[" + i + "]", scope, parts, after);
        }
        parts.add("call");
        parts.addAll(after);
        return String.join(";", parts);
    }

    private void event(Map<String, JsonNode> event, String where, Scope scope, List<String> before, List<String> after)
            throws ModelException {
        Map<String, JsonNode> kinds = new LinkedHashMap<>(event == null ? Map.of() : event);
        kinds.keySet().removeAll(MODIFIERS);
        if (kinds.size() != 1) {
            throw error(where, "must be one kind of event, and perhaps if and when; has " + kinds.keySet());
        }
        Map.Entry<String, JsonNode> only = kinds.entrySet().iterator().next();
        String id = only.getKey();
        EventKind kind = EventKind.of(id);
        if (kind == null) {
            throw error(where, "there is no event '" + id + "'");
        }
        Moment moment = moment(event.get("when"), kind, where);
        Scope visible = moment == Moment.AFTER ? scope : new Scope(scope.arguments(), scope.receiver(), false);
        String place = where + ": " + id;
        String operands = operands(kind, only.getValue(), place, visible);
        String condition = event.containsKey("if")
                ? " if " + expression(scalar(event.get("if"), place + ": if"), place + ": if", visible)
                : "";
        if (kind == EventKind.MAP) {
            checkMap(only.getValue(), operands, place);
        }
        EventCompiler.compile(kind, operands, condition, moment, before, after);
    }

    private void checkMap(JsonNode given, String operands, String where) throws ModelException {
        if (given.has("path") && !given.has("length")) {
            throw error(where, "needs length where it has path");
        }
        if (operands.contains("@string")) {
            throw error(where + ": path", "is the string itself: arg0, not string(arg0)");
        }
    }

    private Moment moment(JsonNode when, EventKind kind, String where) throws ModelException {
        if (when == null) {
            return kind.moment();
        }
        return switch (scalar(when, where + ": when")) {
            case "before" -> Moment.BEFORE;
            case "after" -> Moment.AFTER;
            default -> throw error(where + ": when", "must be before or after");
        };
    }

    private String operands(EventKind kind, JsonNode given, String where, Scope scope) throws ModelException {
        List<String> names = kind.operandNames();
        if (given != null && !given.isNull() && !given.isObject()) {
            throw error(where, names.isEmpty() ? "takes no operands" : "must say " + String.join(", ", names));
        }
        if (given != null) {
            for (String name : given.propertyNames()) {
                if (!names.contains(name)) {
                    throw error(
                            where,
                            "has no '" + name + "'; it has " + (names.isEmpty() ? "none" : String.join(", ", names)));
                }
            }
        }
        StringBuilder compiled = new StringBuilder();
        for (String name : names) {
            String text = given == null || !given.has(name)
                    ? kind.defaultOf(name)
                    : scalar(given.get(name), where + ": " + name);
            if (text == null) {
                throw error(where, "needs " + name);
            }
            boolean isText = kind == EventKind.NAME && name.equals("function");
            compiled.append(' ').append(isText ? text : expression(text, where + ": " + name, scope));
        }
        return compiled.toString();
    }

    private String scalar(JsonNode node, String where) throws ModelException {
        if (node == null || !node.isValueNode() || node.isNull()) {
            throw error(where, "must be an expression, like arg0 + 8");
        }
        return node.asString();
    }

    private String expression(String text, String where, Scope scope) throws ModelException {
        try {
            return Expression.compile(text, scope);
        } catch (ModelException e) {
            throw error(where, e.getMessage());
        }
    }

    private void present(Object entry, String where) throws ModelException {
        if (entry == null) {
            throw error(where, "is empty");
        }
    }

    private String required(String value, String where) throws ModelException {
        if (value == null || value.isBlank()) {
            throw error(where, "is missing");
        }
        return value;
    }

    private void matching(String value, Pattern pattern, String where, String what) throws ModelException {
        if (value != null && !pattern.matcher(value).matches()) {
            throw error(where, "must be " + what + ", not '" + value + "'");
        }
    }

    private static String orDash(String value) {
        return value == null ? "-" : value;
    }

    private void add(String... fields) {
        lines.add(String.join("\t", fields));
    }

    private ModelException error(String where, String what) {
        return new ModelException(file + ": " + where + ": " + what);
    }
}
