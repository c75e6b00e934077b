package io.pmemcheckj.agent.transform;

/** What the models of libraries say about one class that is woven and about the calls in it. */
public interface LibraryCalls {
    /** What {@link #nativeCall} and {@link #body} return where there is no model. */
    int NONE = -1;

    /** For a class that no library knows and that calls none. */
    LibraryCalls NO_LIBRARIES = new LibraryCalls() {
        @Override
        public boolean isTransparent() {
            return false;
        }

        @Override
        public boolean callsLibrary(String owner) {
            return false;
        }

        @Override
        public int nativeCall(String owner, String name, String descriptor) {
            return NONE;
        }

        @Override
        public int body(String name, String descriptor) {
            return NONE;
        }

        @Override
        public boolean hasBodies() {
            return false;
        }
    };

    /** Whether the callers of this class are named instead of itself, so that it marks nothing. */
    boolean isTransparent();

    /** Whether a call of a method of the class may enter a transparent library, so that it needs a mark. */
    boolean callsLibrary(String owner);

    /**
     * Number of the model of a native method, which is to be recorded around its call.
     *
     * @param owner internal name of the class that the call names
     */
    int nativeCall(String owner, String name, String descriptor);

    /** Number of the model of a method of this class that is to be recorded in its body. */
    int body(String name, String descriptor);

    /** Whether any method of this class has such a model. */
    boolean hasBodies();
}
