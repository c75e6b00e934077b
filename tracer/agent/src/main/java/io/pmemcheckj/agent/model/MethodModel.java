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

    /** Without a regular expression, which are slow to start with; going back to the last star alone suffices. */
    private static boolean matches(String pattern, String text) {
        int star = -1;
        int resume = 0;
        int at = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** As a person reads it. */
    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name + (descriptor == null ? "" : descriptor);
    }
}
