package io.pmemcheckj.gate;

import io.pmemcheckj.findings.Location;

/** Names of code as its author knows them. */
final class CodeNames {
    private static final String LAMBDA = "lambda$";

    private CodeNames() {}

    /** Whether a class is the one with this binary name or stands within it. */
    static boolean isWithin(String className, String outer) {
        return className != null
                && className.startsWith(outer)
                && (className.length() == outer.length() || className.charAt(outer.length()) == '$');
    }

    /** The method in whose text the place is: javac makes {@code lambda$append$0} of a lambda in {@code append}. */
    static String method(Location place) {
        String name = place.method();
        if (name == null || !name.startsWith(LAMBDA)) {
            return name;
        }
        int end = name.lastIndexOf('$');
        String method = end < LAMBDA.length() ? name : name.substring(LAMBDA.length(), end);
        return switch (method) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> method;
        };
    }
}
