package io.pmemcheckj.runtime;

import static io.pmemcheckj.runtime.Recording.drain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls as woven code tells of them. */
class MethodModelsTest {
    private final Recording.Segment segment = new Recording.Segment();

    @BeforeEach
    void forget() {
        drain();
    }

    @AfterEach
    void remove() {
        Requests.removeSegment(segment.address, Recording.SEGMENT);
    }

    private static int method(String name, String text, boolean internal) {
        return MethodModels.register(name, text, internal);
    }

    @Test
    void aCallThatReturnsEndsWell() {
        int sync = method("Pool.sync", "fails result,0,!=;persist arg0 arg1;call", false);

        MethodModels.entering(sync, new Object[] {null, segment.address, 8});
        MethodModels.returning(sync, 0);
        MethodModels.entering(sync, new Object[] {null, segment.address, 8});
        MethodModels.returning(sync, 5);
        MethodModels.entering(sync, new Object[] {null, segment.address, 8});
        MethodModels.throwing(sync);

        List<String> ends = drain().stream()
                .filter(event -> event.startsWith("force-end"))
                .map(event -> event.contains("failed") ? "failed" : "done")
                .toList();
        assertEquals(List.of("done", "failed", "failed"), ends);
    }

    /** Nobody tells when a native method throws; the next call finds out. */
    @Test
    void aNativeMethodThatThrewFailed() {
        int sync = method("Pool.sync0", "persist arg0 arg1;call", false);

        MethodModels.calling(sync, new Object[] {null, segment.address, 8});
        MethodModels.calling(sync, new Object[] {null, segment.address, 16});
        MethodModels.returning(sync, null);

        List<String> ends = drain().stream()
                .filter(event -> event.startsWith("force-end"))
                .map(event -> event.contains("failed") ? "failed" : "done")
                .toList();
        assertEquals(List.of("failed", "done"), ends);
    }

    @Test
    void theEndOfACallThatIsNotOpenEndsNoOther() {
        int sync = method("Pool.sync1", "persist arg0 arg1;call", false);
        int other = method("Pool.other", "call;fence", false);

        MethodModels.entering(sync, new Object[] {null, segment.address, 8});
        MethodModels.returning(other, null);
        MethodModels.returning(sync, null);

        assertEquals(
                1,
                drain().stream().filter(event -> event.startsWith("force-end")).count());
    }

    @Test
    void whatDoesNotFitIsTold() {
        int wrong = method("Pool.put", "call;store arg0 arg2", false);
        MethodModels.entering(wrong, new Object[] {null, segment.address, 8});
        MethodModels.returning(wrong, null);
        assertGap("the model of Pool.put does not fit: store: there is no arg2, only 2 arguments");

        int unreadable = method("Pool.at", "call;store arg0,@long 8", false);
        MethodModels.entering(unreadable, new Object[] {null, 8L});
        MethodModels.returning(unreadable, null);
        assertGap("the model of Pool.at does not fit: store: 0x8 is no address that can be read");

        int swapped = method("Pool.flush", "persist arg1 arg0;call", false);
        MethodModels.entering(swapped, new Object[] {null, segment.address, 8});
        MethodModels.returning(swapped, null);
        assertGap(
                "the model of Pool.flush does not fit: persist: a range cannot be " + segment.address + " bytes long");
    }

    private static void assertGap(String reason) {
        assertEquals(
                List.of("gap \"" + reason + "\""),
                drain().stream().filter(event -> event.startsWith("gap")).toList());
    }
}
