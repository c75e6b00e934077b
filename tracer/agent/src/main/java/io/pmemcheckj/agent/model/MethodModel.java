package io.pmemcheckj.agent.model;

/**
 * What a model says about methods of a class.
 *
 * @param owner internal name of the class that declares them
 * @param name name of the methods; {@code *} stands for any characters
 * @param descriptor their descriptor, or null for any
 * @param internal whether their own stores and flushes are not judged
 * @param call what a call does, for the runtime
 */
record MethodModel(String owner, String name, String descriptor, boolean internal, String call) {

    boolean covers(String method, String type) {
        return (descriptor == null || descriptor.equals(type)) && matches(name, method);
    }

    /** Without a regular expression: those are slow to start with. */
    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        if (!text.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int from = star; from <= text.length(); from++) {
            if (matches(rest, text.substring(from))) {
                return true;
            }
        }
        return false;
    }

    /** As a person reads it. */
    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name + (descriptor == null ? "" : descriptor);
    }
}
