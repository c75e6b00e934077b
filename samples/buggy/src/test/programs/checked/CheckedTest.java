import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.pmemcheckj.junit.PmemChecked;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that leave something unpersisted, by the names {@code bad...}, and others. */
@PmemChecked
class CheckedTest {
    @TempDir
    static Path folder;

    private static MappedByteBuffer shared;
    private MappedByteBuffer forcedAtEnd;

    @BeforeAll
    static void map() throws IOException {
        shared = map("shared");
        shared.putLong(4000, 1); // forced by no test
        shared.force();
    }

    static MappedByteBuffer map(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        }
    }

    @AfterEach
    void forceAtEnd() {
        if (forcedAtEnd != null) {
            forcedAtEnd.force();
        }
    }

    @Test
    void good() {
        shared.putLong(0, 1);
        shared.force(0, 8);
    }

    @Test
    void badNotForced() {
        shared.putLong(64, 2);
    }

    @Test
    void goodForcedAfterwards() {
        forcedAtEnd = shared;
        shared.putLong(128, 3);
    }

    @Test
    @PmemChecked(judged = PmemChecked.Moment.AFTER_TEST)
    void badForcedTooLate() {
        forcedAtEnd = shared;
        shared.putLong(128, 3);
    }

    @Test
    void badInThread() throws Exception {
        Thread thread = new Thread(() -> shared.putLong(192, 4));
        thread.start();
        thread.join();
    }

    @Test
    void failsByItself() {
        shared.putLong(256, 5);
        assertEquals(1, 2, "by itself");
    }

    @Test
    void aborted() {
        shared.putLong(320, 6);
        assumeTrue(false);
    }

    @Test
    void goodMapsNothing() {}

    @Test
    void badStoresNothing() throws IOException {
        map("nothing");
    }

    @Test
    @PmemChecked(mayStoreNothing = true)
    void goodStoresNothing() throws IOException {
        map("nothing");
    }

    @Test
    @PmemChecked(segments = "*.other")
    void goodOtherSegment() {
        shared.putLong(384, 7);
    }

    @Test
    @PmemChecked(rules = "-unflushed-store")
    void goodWithoutRule() {
        shared.putLong(448, 8);
    }

    @Test
    @PmemChecked(rules = "-unflushed-stores")
    void badRule() {}

    @Test
    @PmemChecked(failOn = PmemChecked.Severity.WARNING)
    void badForcedTwice() {
        shared.putLong(512, 9);
        shared.force(512, 8);
        shared.force(512, 8);
    }

    @Test
    @PmemChecked(domain = "eadr")
    void goodWithEadr() {
        shared.putLong(576, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int value) {
        shared.putLong(640, value);
        if (value == 1) {
            shared.force(640, 8);
        }
    }

    @RepeatedTest(2)
    void repeated(RepetitionInfo repetition) {
        shared.putLong(704, repetition.getCurrentRepetition());
        if (repetition.getCurrentRepetition() == 1) {
            shared.force(704, 8);
        }
    }

    @TestFactory
    Stream<DynamicTest> factory() {
        return Stream.of(dynamicTest("bad dynamic", () -> shared.putLong(768, 1)), dynamicTest("good dynamic" + "!".repeat(5000), () -> {
            shared.putLong(832, 1);
            shared.force(832, 8);
        }));
    }

    @Nested
    class Inner {
        @Test
        void badNested() {
            shared.putLong(896, 1);
        }
    }
}
