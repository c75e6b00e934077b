package io.pmemcheckj.runtime;

import static io.pmemcheckj.runtime.Recording.drain;
import static io.pmemcheckj.runtime.Recording.events;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of modelled methods as woven code tells of them. */
class MethodModelsTest {
    private static final int SYNC = MethodModels.register("sync", "persist arg0 arg1;call", false);
    private static final int READ = MethodModels.register("read", "call;fence", false);
    private static final int BODY = MethodModels.register("body", "call", true);

    private final Recording.Segment segment = new Recording.Segment();

    @BeforeEach
    void forget() {
        drain();
    }

    @AfterEach
    void remove() {
        Requests.removeSegment(segment.address, Recording.SEGMENT);
    }

    private Object[] range() {
        return new Object[] {null, segment.address, 8L};
    }

    /** Kinds of the events that were recorded, and what a force came to. */
    private static List<String> recorded() {
        String thread = " " + Thread.currentThread().getId();
        return events(drain()).stream()
                .map(line -> line.replaceFirst(thread, "").replaceFirst(" 0x.*", ""))
                .collect(Collectors.toList());
    }

    @Test
    void aNativeMethodThatIsCalledAgainHadThrown() {
        MethodModels.calling(SYNC, range());
        MethodModels.calling(SYNC, range());
        MethodModels.returning(SYNC, null);

        assertEquals(List.of("persist-begin", "force-end failed", "persist-begin", "force-end"), recorded());
    }

    @Test
    void soHadThoseThatWereCalledMeanwhile() {
        MethodModels.calling(SYNC, range());
        MethodModels.calling(READ, range());
        MethodModels.calling(SYNC, range());
        MethodModels.returning(SYNC, null);

        assertEquals(List.of("persist-begin", "force-end failed", "persist-begin", "force-end"), recorded());
    }

    @Test
    void whatABodyCallsIsNoneOfItsCallers() {
        MethodModels.calling(SYNC, range());
        MethodModels.entering(BODY, range());
        MethodModels.calling(SYNC, range());
        MethodModels.returning(SYNC, null);
        MethodModels.returning(BODY, null);
        MethodModels.returning(SYNC, null);

        assertEquals(
                List.of("persist-begin", "internal", "persist-begin", "force-end", "internal end", "force-end"),
                recorded());
    }

    @Test
    void theEndOfACallThatIsNotOpenEndsNoOther() {
        MethodModels.calling(SYNC, range());
        MethodModels.returning(BODY, null);
        MethodModels.returning(SYNC, null);

        assertEquals(List.of("persist-begin", "force-end"), recorded());
    }
}
