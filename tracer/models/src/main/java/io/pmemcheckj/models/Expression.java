package io.pmemcheckj.models;

import java.util.List;
import java.util.Set;

/**
 * Compiles a number computed from a call: {@code arg1 * 8 + this.base}, to the tokens of postfix notation that the
 * runtime's {@code Operand} evaluates, with commas between: {@code arg1,8,*,this,.base,+}. From loosely to tightly binding:
 *
 * <pre>
 * ||   &&   == != < <= > >=   & | ^   << >>   + -   * / %   - ! (one operand)   .field
 * </pre>
 *
 * Unlike in Java, {@code &}, {@code |} and {@code ^} bind more tightly than comparisons: {@code arg2 & 4 != 0} is what it looks like.
 */
final class Expression {
    static final Set<String> FUNCTIONS =
            Set.of("address", "position", "limit", "remaining", "length", "long", "int", "string", "noted", "swap");

    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("==", "!=", "<=", ">=", "<", ">"),
            List.of("&", "|", "^"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    /** Values that the runtime's {@code Operand} has room for while it computes. */
    private static final int MOST_VALUES = 16;
    /** Far more than anybody writes, far less than this parser's stack has room for. */
    private static final int DEEPEST = 64;

    private final String text;
    private final Scope scope;
    private final StringBuilder postfix = new StringBuilder();
    private int at;
    private int depth;
    private int values;

    /**
     * What an expression may speak of.
     *
     * @param arguments how many arguments the call has; a large number where that is not known
     * @param receiver whether it has {@code this}
     * @param result whether it has a result (yet)
     */
    record Scope(int arguments, boolean receiver, boolean result) {}

    private Expression(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /**
     * Compiles an expression.
     *
     * @throws ModelException with a message that says where in the text it is none
     */
    static String compile(String text, Scope scope) throws ModelException {
        Expression expression = new Expression(text, scope);
        expression.level(0);
        if (expression.peek() != 0) {
            throw expression.error("unexpected '" + expression.peek() + "'");
        }
        return expression.postfix.toString();
    }

    private void level(int level) throws ModelException {
        if (level == LEVELS.size()) {
            unary();
            return;
        }
        level(level + 1);
        for (String operator = operator(level); operator != null; operator = operator(level)) {
            at += operator.length();
            level(level + 1);
            emit(operator);
            values--;
        }
    }

    /** The operator of a level that stands here, or null. */
    private String operator(int level) {
        peek();
        for (String operator : LEVELS.get(level)) {
            if (text.startsWith(operator, at) && !isPartOfLonger(operator, level)) {
                return operator;
            }
        }
        return null;
    }

    /** {@code &} is not the first half of {@code &&}, nor {@code <} that of {@code <<}. */
    private boolean isPartOfLonger(String operator, int level) {
        for (List<String> others : LEVELS) {
            for (String other : others) {
                if (others != LEVELS.get(level) && other.length() > operator.length() && text.startsWith(other, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void unary() throws ModelException {
        depth++;
        require(depth <= DEEPEST, at, "too deeply nested");
        signed();
        depth--;
    }

    private void signed() throws ModelException {
        char next = peek();
        if (next == '-' || next == '!') {
            at++;
            unary();
            emit(next == '-' ? "neg" : "not");
            return;
        }
        primary();
        while (peek() == '.') {
            at++;
            emit("." + name("a field"));
        }
    }

    private void primary() throws ModelException {
        char next = peek();
        if (next == '(') {
            at++;
            level(0);
            expect(')');
        } else if (Character.isDigit(next)) {
            value(Long.toString(number()));
        } else {
            named();
        }
    }

    private long number() throws ModelException {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        try {
            return Long.decode(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw error("'" + text.substring(start, at) + "' is no number");
        }
    }

    private void named() throws ModelException {
        int start = at;
        String name = name("a number, argN, this, result, a function or '('");
        if (peek() == '(') {
            if (!FUNCTIONS.contains(name)) {
                throw errorAt(start, "there is no function '" + name + "'; there are " + String.join(", ", sorted()));
            }
            at++;
            level(0);
            expect(')');
            emit("@" + name);
        } else if (name.equals("true") || name.equals("false")) {
            value(name.equals("true") ? "1" : "0");
        } else if (name.equals("this")) {
            require(scope.receiver, start, "there is no 'this' here");
            value(name);
        } else if (name.equals("result")) {
            require(scope.result, start, "there is no 'result' before the call; say when: after");
            value(name);
        } else if (name.matches("arg[0-9]{1,3}")) {
            int number = Integer.parseInt(name.substring(3));
            require(
                    number < scope.arguments,
                    start,
                    "there is no " + name + ", only " + scope.arguments + " arguments, from arg0");
            value(name);
        } else {
            throw errorAt(start, "'" + name + "' is not argN, this, result or a function");
        }
    }

    private static List<String> sorted() {
        return FUNCTIONS.stream().sorted().toList();
    }

    private String name(String what) throws ModelException {
        int start = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw error("expected " + what + (at == text.length() ? "" : ", not '" + text.charAt(at) + "'"));
        }
        return text.substring(start, at);
    }

    private void require(boolean condition, int where, String message) throws ModelException {
        if (!condition) {
            throw errorAt(where, message);
        }
    }

    private void expect(char c) throws ModelException {
        if (peek() != c) {
            throw error("expected '" + c + "'" + (at == text.length() ? "" : ", not '" + text.charAt(at) + "'"));
        }
        at++;
    }

    /** The next character that is no blank, 0 at the end. */
    private char peek() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void value(String token) throws ModelException {
        values++;
        require(
                values <= MOST_VALUES,
                at,
                "needs more than " + MOST_VALUES + " values at a time: add from left to right");
        emit(token);
    }

    private void emit(String token) {
        postfix.append(postfix.length() == 0 ? "" : ",").append(token);
    }

    private ModelException error(String message) {
        return errorAt(at, message);
    }

    private ModelException errorAt(int where, String message) {
        return new ModelException("'" + text + "': " + message + " at character " + (where + 1));
    }
}
