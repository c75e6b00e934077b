package io.pmemcheckj.agent.model;

import io.pmemcheckj.agent.transform.LibraryCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the models say about one class that is woven. */
final class ClassCalls implements LibraryCalls {
    private final Libraries libraries;
    private final ClassLoader loader;
    private final boolean transparent;
    private final List<MethodModel> ownMethods;
    private final DeclaredMethods declared;
    private final Map<String, Integer> nativeCalls = new HashMap<>();

    /**
     * @param transparent whether the class is of a transparent library
     * @param ownMethods models of its methods
     * @param declared its methods, needed where there are such models
     */
    ClassCalls(
            Libraries libraries,
            ClassLoader loader,
            boolean transparent,
            List<MethodModel> ownMethods,
            DeclaredMethods declared) {
        this.libraries = libraries;
        this.loader = loader;
        this.transparent = transparent;
        this.ownMethods = new ArrayList<>(ownMethods);
        this.declared = declared;
    }

    @Override
    public boolean isTransparent() {
        return transparent;
    }

    @Override
    public boolean callsLibrary(String owner) {
        return libraries.isTransparent(owner);
    }

    @Override
    public int nativeCall(String owner, String name, String descriptor) {
        if (!libraries.hasMethodsOf(owner)) {
            return NONE;
        }
        String key = owner + "." + name + descriptor;
        Integer known = nativeCalls.get(key);
        if (known == null) {
            known = libraries.nativeCall(loader, owner, name, descriptor);
            nativeCalls.put(key, known);
        }
        return known;
    }

    @Override
    public int body(String name, String descriptor) {
        if (ownMethods.isEmpty() || !declared.hasBody(name, descriptor)) {
            return NONE;
        }
        for (MethodModel method : ownMethods) {
            if (method.covers(name, descriptor) && !declared.isBridge(name, descriptor, method)) {
                return libraries.number(method);
            }
        }
        return NONE;
    }

    @Override
    public boolean hasBodies() {
        return !ownMethods.isEmpty();
    }
}
