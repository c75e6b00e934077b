package io.pmemcheckj.junit;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.io.InputStream;

/** The check of a test as the class that {@code pmemcheck-j crash --check-class} wants: the class path holds it. */
public final class SerializedCheck implements CrashCheck {
    static final String RESOURCE = "pmemcheck-j-check.ser";

    private final CrashCheck check;

    /** Called in the JVM that runs checks. */
    public SerializedCheck() throws IOException, ClassNotFoundException {
        ClassLoader loader = SerializedCheck.class.getClassLoader();
        try (InputStream file = loader.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("no check: the class path lacks " + RESOURCE);
            }
            check = (CrashCheck) Captured.read(file, loader);
        }
    }

    @Override
    public void check(CrashImage image) throws Throwable {
        check.check(image);
    }
}
