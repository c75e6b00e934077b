package io.pmemcheckj.agent.model;

import io.pmemcheckj.agent.transform.LibraryCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the model of each class that is loaded. A library is met with the first of its classes; from then on it is known which
 * of the models fits its version, and that is told the runtime, as is what the model says and the library does not have.
 */
public final class Libraries {

    /** What the agent's link to the runtime does for us. */
    public interface Runtime {
        /** Registers what a method does; returns its number. */
        int method(String name, String call, boolean internal);

        /** From now on the callers of the class, by its binary name, are named instead of itself. */
        void transparent(String className);

        void gap(String reason);

        void property(String key, String value);
    }

    /**
     * A library met, at one place.
     *
     * @param model null where none fits
     * @param version null where it cannot be told
     * @param gaps what does not fit
     */
    private record Met(String place, LibraryModel model, String version, List<String> gaps) {}

    private static final String APPLIED = "model:";

    private final List<LibraryModel> models;
    private final Runtime runtime;
    private final Set<String> owners = new HashSet<>();
    private final Map<String, List<Met>> metByName = new HashMap<>();
    private final Map<MethodModel, Integer> numbers = new HashMap<>();
    private final Map<String, DeclaredMethods> declared = new HashMap<>();

    public Libraries(Models models, Runtime runtime) {
        this.models = models.libraries();
        this.runtime = runtime;
        for (LibraryModel library : this.models) {
            for (MethodModel method : library.methods()) {
                owners.add(method.owner());
            }
        }
    }

    /** Whether any model calls the class transparent. Marks before too many calls do no harm. */
    boolean isTransparent(String className) {
        for (LibraryModel library : models) {
            if (library.isTransparent(className)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any model has methods of the class. */
    public boolean hasMethodsOf(String className) {
        return owners.contains(className);
    }

    /**
     * What the models say about a class.
     *
     * @param loader null for the boot loader
     * @param name internal name
     * @param classFile the class before it is woven
     */
    public LibraryCalls of(ClassLoader loader, String name, ProtectionDomain domain, byte[] classFile) {
        boolean transparent = false;
        List<MethodModel> methods = new ArrayList<>();
        DeclaredMethods own = hasMethodsOf(name) ? new DeclaredMethods(classFile) : DeclaredMethods.UNKNOWN;
        for (LibraryModel model : modelsOf(name, loader, domain)) {
            transparent |= model.isTransparent(name);
            for (MethodModel method : model.methods()) {
                if (method.owner().equals(name)) {
                    methods.add(method);
                    if (!own.has(method)) {
                        runtime.gap(model + " names " + method + ", which the class that was loaded does not have");
                    }
                }
            }
        }
        if (transparent) {
            runtime.transparent(name.replace('/', '.'));
        }
        if (!methods.isEmpty()) {
            remember(name, own);
        }
        return new ClassCalls(this, loader, transparent, methods, own);
    }

    /** The models that speak of a class and fit the library that it is of. */
    private List<LibraryModel> modelsOf(String name, ClassLoader loader, ProtectionDomain domain) {
        List<LibraryModel> fitting = new ArrayList<>();
        for (LibraryModel model : models) {
            if (model.speaksOf(name)) {
                LibraryModel inUse = inUse(model.name, loader, Artifact.place(domain));
                if (inUse != null && !fitting.contains(inUse)) {
                    fitting.add(inUse);
                }
            }
        }
        return fitting;
    }

    /** For a hidden class: none belongs to a library, but it may call one. */
    public LibraryCalls ofHidden() {
        return new ClassCalls(this, null, false, List.of(), DeclaredMethods.UNKNOWN);
    }

    /**
     * The model that fits a library, null where a class is not of the library or none fits.
     *
     * @param place where a class of the library comes from; null to take any that was met
     */
    private LibraryModel inUse(String library, ClassLoader loader, String place) {
        Met known = known(library, place);
        if (known != null) {
            return known.model;
        }
        // Class loaders are asked, which may wait for locks of theirs: no lock of ours may be held meanwhile.
        Met found = meet(library, loader, place);
        return remember(library, found).model;
    }

    private synchronized Met known(String library, String place) {
        for (Met met : metByName.getOrDefault(library, List.of())) {
            if (place == null && met.model != null || place != null && place.equals(met.place)) {
                return met;
            }
        }
        return null;
    }

    /** Tells of a library, unless another thread did so meanwhile. */
    private synchronized Met remember(String library, Met found) {
        Met known = known(library, found.place);
        if (known != null) {
            return known;
        }
        metByName.computeIfAbsent(library, key -> new ArrayList<>()).add(found);
        if (found.model != null) {
            runtime.property(APPLIED + library, found.version == null ? "" : found.version);
        }
        found.gaps.forEach(runtime::gap);
        return found;
    }

    private Met meet(String library, ClassLoader loader, String place) {
        String version = null;
        LibraryModel misfit = null;
        for (LibraryModel model : models) {
            if (!model.name.equals(library) || !isAt(model, loader, place)) {
                continue;
            }
            version = model.artifact == null ? null : Artifact.version(loader, model.artifact, place);
            if (model.versions == null || version == null || Version.isIn(model.versions, version)) {
                return new Met(place, model, version, missingOwners(model, loader));
            }
            misfit = model;
        }
        List<String> gaps = misfit == null
                ? List.of()
                : List.of(misfit + " is for the versions " + misfit.versions + ", and " + version
                        + " was loaded: what it does by native code is not seen");
        return new Met(place, null, version, gaps);
    }

    /** Whether the library is at the place; others may have classes in its packages. */
    private static boolean isAt(LibraryModel model, ClassLoader loader, String place) {
        if (place == null) {
            return true;
        }
        if (model.anchor() == null) {
            return !place.endsWith("/"); // in a folder are classes under development: the library's own, and its tests
        }
        URL anchor = Artifact.classFile(loader, model.anchor());
        return anchor == null || Artifact.holds(place, anchor);
    }

    private static List<String> missingOwners(LibraryModel model, ClassLoader loader) {
        List<String> gaps = new ArrayList<>();
        Set<String> checked = new HashSet<>();
        for (MethodModel method : model.methods()) {
            if (checked.add(method.owner()) && Artifact.classFile(loader, method.owner()) == null) {
                gaps.add(model + " names the class " + method.owner().replace('/', '.')
                        + ", which the library that was loaded does not have");
            }
        }
        return gaps;
    }

    synchronized int number(MethodModel method) {
        Integer number = numbers.get(method);
        if (number == null) {
            number = runtime.method(method.toString(), method.call(), method.internal());
            numbers.put(method, number);
        }
        return number;
    }

    /** Number of the model of a native method that a class calls. */
    int nativeCall(ClassLoader loader, String owner, String name, String descriptor) {
        for (LibraryModel library : models) {
            for (MethodModel method : library.methods()) {
                if (method.owner().equals(owner)
                        && method.covers(name, descriptor)
                        && declaredBy(loader, owner).isNative(name, descriptor)
                        && inUse(library.name, loader, null) == library) {
                    return number(method);
                }
            }
        }
        return LibraryCalls.NONE;
    }

    private synchronized DeclaredMethods remember(String owner, DeclaredMethods methods) {
        declared.put(owner, methods);
        return methods;
    }

    private DeclaredMethods declaredBy(ClassLoader loader, String owner) {
        synchronized (this) {
            DeclaredMethods known = declared.get(owner);
            if (known != null) {
                return known;
            }
        }
        String path = owner + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path)) {
            if (in != null) {
                return remember(owner, new DeclaredMethods(in.readAllBytes()));
            }
        } catch (IOException e) {
            // as if it were not there
        }
        // Its methods are taken for ones with a body, which are recorded there. Another loader may have it.
        return DeclaredMethods.UNKNOWN;
    }
}
