package io.pmemcheckj.runtime;

import static io.pmemcheckj.runtime.Recording.drain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.callers.Caller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each store with its stack, of which those that were seen before are known again. */
class FullStacksTest {
    private static final int LONG = 3; // log2 of the size

    /** The lines of one store by a caller of some depth after the other. */
    private static List<List<String>> storeFrom(int... depths) {
        Recording.Segment segment = new Recording.Segment();
        Sites.sample("full");
        List<List<String>> lines = new ArrayList<>();
        for (int depth : depths) {
            Caller.call(depth, () -> Hooks.store(null, segment.address, LONG));
            lines.add(drain());
        }
        Sites.sample("site");
        return lines;
    }

    private static List<String> starting(String word, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(word + " ")).toList();
    }

    @Test
    void aStackIsDescribedOnceAndKnownAgain() {
        List<List<String>> lines = storeFrom(1, 2, 1, 2);
        for (List<String> store : lines) {
            assertEquals(1, starting("sample", store).size(), store::toString);
        }
        assertEquals(1, starting("stack", lines.get(0)).size());
        assertEquals(1, starting("stack", lines.get(1)).size());
        assertEquals(List.of(), starting("stack", lines.get(2)));
        assertEquals(List.of(), starting("stack", lines.get(3)));
        assertNotEquals(starting("sample", lines.get(0)), starting("sample", lines.get(1)));
        assertEquals(starting("sample", lines.get(0)), starting("sample", lines.get(2)));
        assertEquals(starting("sample", lines.get(1)), starting("sample", lines.get(3)));
    }

    @Test
    void aStackThatIsKnownIsLookedAtAgainWhenItsCallerBecomesTransparent() {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        Recording.Segment segment = new Recording.Segment();
        Sites.sample("full");
        for (List<String> lines : List.of(before, after)) {
            Caller.call(1, () -> Hooks.store(null, segment.address, LONG));
            lines.addAll(starting("store", drain()));
            StackLook.addTransparent(Caller.class.getName());
        }
        Sites.sample("site");
        assertTrue(before.get(0).contains("Caller.call(Caller.java:"), before::toString);
        assertTrue(after.get(0).contains("FullStacksTest."), after::toString);
    }
}
