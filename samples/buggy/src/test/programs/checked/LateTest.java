import io.pmemcheckj.junit.PmemChecked;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A file that is mapped before the agent is attached. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LateTest {
    @TempDir
    static Path folder;

    private static MappedByteBuffer map;

    @Test
    @Order(1)
    void goodMaps() throws IOException {
        map = Maps.map(folder.resolve("late"));
        map.putLong(0, 1);
    }

    @Test
    @Order(2)
    @PmemChecked
    void badStores() {
        map.putLong(64, 1);
    }

    @Test
    @Order(3)
    @PmemChecked
    void goodForces() {
        map.putLong(128, 1);
        map.force();
    }
}
