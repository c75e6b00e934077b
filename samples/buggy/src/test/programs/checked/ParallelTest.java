import io.pmemcheckj.junit.PmemChecked;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that would run at the same time, and store all the time. */
@Execution(ExecutionMode.CONCURRENT)
class ParallelTest {
    static void store(Path folder, boolean force) throws Exception {
        MappedByteBuffer map = Maps.map(folder.resolve("parallel"));
        for (int i = 0; i < 20; i++) {
            map.putLong(64 * i, i);
            Thread.sleep(1);
        }
        if (force) {
            map.force();
        }
    }

    @PmemChecked
    static class Checked {
        @RepeatedTest(5)
        void good(@TempDir Path folder) throws Exception {
            store(folder, true);
        }

        @Test
        void bad(@TempDir Path folder) throws Exception {
            store(folder, false);
        }
    }

    static class AtMethod {
        @Test
        @PmemChecked
        void good(@TempDir Path folder) throws Exception {
            store(folder, true);
        }

        @RepeatedTest(5)
        void unchecked(@TempDir Path folder) throws Exception {
            store(folder, false);
        }
    }

    static class Unchecked {
        @RepeatedTest(5)
        void unchecked(@TempDir Path folder) throws Exception {
            store(folder, false);
        }
    }
}
