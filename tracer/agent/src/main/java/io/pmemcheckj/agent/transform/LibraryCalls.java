package io.pmemcheckj.agent.transform;

/** What the models of libraries say about one class that is woven and about the calls in it. */
public interface LibraryCalls {
    /** What {@link #nativeCall} and {@link #body} return where there is no model. */
    int NONE = -1;

    /** For a class that no library knows and that calls none. */
    LibraryCalls NO_LIBRARIES = new LibraryCalls() {};

    /** Whether the callers of this class are named instead of itself, so that it marks nothing. */
    default boolean isTransparent() {
        return false;
    }

    /** Whether a call of a method of the class may enter a transparent library, so that it needs a mark. */
    default boolean callsLibrary(String owner) {
        return false;
    }

    /**
     * Number of the model of a native method, which is to be recorded around its call.
     *
     * @param owner internal name of the class that the call names
     */
    default int nativeCall(String owner, String name, String descriptor) {
        return NONE;
    }

    /** Number of the model of a method of this class that is to be recorded in its body. */
    default int body(String name, String descriptor) {
        return NONE;
    }

    /** Whether any method of this class has such a model. */
    default boolean hasBodies() {
        return false;
    }
}
