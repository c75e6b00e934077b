package io.pmemcheckj.agent.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.agent.transform.LibraryCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibrariesTest {
    /** A library: generics give it a bridge. */
    static final class Pool implements Comparable<Pool> {
        @Override
        public int compareTo(Pool other) {
            return 0;
        }

        static native int sync(long address, long length);
    }

    /** What the agent was told. */
    private static final class Told implements Libraries.Runtime {
        final List<String> gaps = new ArrayList<>();
        final List<String> properties = new ArrayList<>();
        private int methods;

        @Override
        public int method(String name, String call, boolean internal) {
            return methods++;
        }

        @Override
        public void transparent(String className) {}

        @Override
        public void gap(String reason) {
            gaps.add(reason);
        }

        @Override
        public void property(String key, String value) {
            properties.add(key);
        }
    }

    private static final String POOL = Pool.class.getName().replace('.', '/');

    private final Told told = new Told();

    private final Libraries libraries = new Libraries(
            new Models(List.of(String.join(
                    "\n",
                    "pmemcheck-j models 1",
                    "library\tpool\t-\t-\tpool.yaml",
                    "method\t" + POOL + "\tcompareTo\t*\t-\tcall;begin",
                    "method\t" + POOL + "\tsync\t*\t-\tcall;fence"))),
            told);

    private static byte[] classFile() throws IOException {
        try (InputStream in = Pool.class.getResourceAsStream("/" + POOL + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void countsABridgeAndWhatItCallsOnce() throws Exception {
        LibraryCalls calls = libraries.of(Pool.class.getClassLoader(), POOL, null, classFile());

        assertNotEquals(LibraryCalls.NONE, calls.body("compareTo", "(L" + POOL + ";)I"));
        assertEquals(LibraryCalls.NONE, calls.body("compareTo", "(Ljava/lang/Object;)I"));
        assertEquals(List.of(), told.gaps);
    }

    /** A loader that waits for a lock which another thread holds while that loads a class must not stop them both. */
    @Test
    void holdsNoLockWhileItAsksALoader() throws Exception {
        List<String> asked = new ArrayList<>();
        ClassLoader loader = new ClassLoader(Pool.class.getClassLoader()) {
            @Override
            public URL getResource(String name) {
                assertFalse(Thread.holdsLock(libraries), name);
                asked.add(name);
                return super.getResource(name);
            }
        };

        libraries.of(loader, POOL, null, classFile());

        assertFalse(asked.isEmpty());
        assertEquals(List.of("model:pool"), told.properties);
    }

    @Test
    void aCallerThatCannotSeeTheLibraryDoesNotHideItFromItself() throws Exception {
        ClassLoader hiding = new ClassLoader(null) {};
        libraries.of(hiding, "a/Caller", null, new byte[0]).nativeCall(POOL, "sync", "(JJ)I");

        LibraryCalls calls = libraries.of(Pool.class.getClassLoader(), POOL, null, classFile());

        assertEquals(List.of(), told.gaps);
        assertNotEquals(LibraryCalls.NONE, calls.body("compareTo", "(L" + POOL + ";)I"));
        assertNotEquals(LibraryCalls.NONE, calls.nativeCall(POOL, "sync", "(JJ)I"));
    }

    @ParameterizedTest
    @CsvSource({
        "write*, write, true",
        "write*, writeLong, true",
        "*Long, writeLong, true",
        "w*L*g, writeLong, true",
        "*a*b, aab, true",
        "*ab, aaab, true",
        "*, anything, true",
        "write*, rewrite, false",
        "w*x, write, false",
        "write, writes, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String method, boolean covered) {
        assertEquals(covered, new MethodModel("A", pattern, null, false, "call").covers(method, "()V"));
    }

    @Test
    void manyStarsCostNoMore() {
        MethodModel model = new MethodModel("A", "*a".repeat(25), null, false, "call");

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertFalse(model.covers("a".repeat(60) + "b", "()V")));
        assertTrue(model.covers("a".repeat(60), "()V"));
    }
}
