package io.pmemcheckj.agent.model;

import java.util.ArrayList;
import java.util.List;

/** What a model file says about the classes of one library. */
final class LibraryModel {
    final String name;
    /** {@code group:artifact}, or null. */
    final String artifact;
    /** Range of versions, or null for all. */
    final String versions;

    private final String file;
    private final List<String> transparent = new ArrayList<>();
    private final List<MethodModel> methods = new ArrayList<>();

    LibraryModel(String name, String artifact, String versions, String file) {
        this.name = name;
        this.artifact = artifact;
        this.versions = versions;
        this.file = file;
    }

    void addTransparent(String packageOrClass) {
        transparent.add(packageOrClass);
    }

    void add(MethodModel method) {
        methods.add(method);
    }

    List<MethodModel> methods() {
        return methods;
    }

    /** Whether the class lies in a package, or is a class or nested in one, that is declared transparent. */
    boolean isTransparent(String className) {
        for (String prefix : transparent) {
            if (className.startsWith(prefix)
                    && (className.length() == prefix.length()
                            || className.charAt(prefix.length()) == '/'
                            || className.charAt(prefix.length()) == '$')) {
                return true;
            }
        }
        return false;
    }

    /** Whether the model says anything of the class. */
    boolean speaksOf(String className) {
        return isTransparent(className) || hasMethodsOf(className);
    }

    boolean hasMethodsOf(String className) {
        for (MethodModel method : methods) {
            if (method.owner().equals(className)) {
                return true;
            }
        }
        return false;
    }

    /** A class whose place tells where the library is: others may have classes in the same package. Null for none. */
    String anchor() {
        return methods.isEmpty() ? null : methods.get(0).owner();
    }

    @Override
    public String toString() {
        return "the model of " + name + " (" + file + ")";
    }
}
