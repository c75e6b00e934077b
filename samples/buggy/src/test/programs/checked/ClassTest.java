import io.pmemcheckj.junit.PmemChecked;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What is stored around tests, and tests that build upon each other. */
class ClassTest {
    @PmemChecked
    static class BadBeforeAll {
        @TempDir
        static Path folder;

        @BeforeAll
        static void store() throws IOException {
            Maps.map(folder.resolve("before")).putLong(0, 1);
        }

        @Test
        void good() {}
    }

    @PmemChecked(failOn = PmemChecked.Severity.WARNING)
    static class GoodForcedByTest {
        @TempDir
        static Path folder;

        private static MappedByteBuffer map;

        @BeforeAll
        static void store() throws IOException {
            map = Maps.map(folder.resolve("before"));
            map.putLong(0, 1);
        }

        @Test
        void good() {
            map.putLong(8, 1);
            map.force();
        }
    }

    @PmemChecked
    static class BadAfterAll {
        @TempDir
        static Path folder;

        private static MappedByteBuffer map;

        @Test
        void good() throws IOException {
            map = Maps.map(folder.resolve("after"));
            map.putLong(0, 1);
            map.force();
        }

        @AfterAll
        static void store() {
            map.putLong(8, 1);
        }
    }

    @PmemChecked
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OneInstance {
        @TempDir
        Path folder;

        private MappedByteBuffer map;

        @BeforeEach
        void map() throws IOException {
            if (map == null) {
                map = Maps.map(folder.resolve("one"));
            }
        }

        @Test
        @Order(1)
        void badStores() {
            map.putLong(0, 1);
        }

        @Test
        @Order(2)
        void goodForcesWhatAnotherStored() {
            map.putLong(64, 1);
            map.force();
        }
    }

    @PmemChecked(judged = PmemChecked.Moment.AFTER_ALL)
    static class GoodTogether extends OneInstance {}

    @PmemChecked(emulatePmem = "*")
    static class Emulated {
        @TempDir
        static Path folder;

        @Test
        void badOnPmem() throws IOException {
            Maps.mapSync(folder.resolve("pmem")).putLong(0, 1);
        }

        @Test
        void goodOnPmem() throws IOException {
            MappedByteBuffer map = Maps.mapSync(folder.resolve("pmem"));
            map.putLong(0, 1);
            map.force(0, 8);
        }
    }
}
