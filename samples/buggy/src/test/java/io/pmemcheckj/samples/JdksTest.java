package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {
    @Test
    void knowsTheJdkThatRunsTheTests() {
        assertTrue(Jdks.all().contains(Jdks.current()), "in " + Jdks.all());
    }

    @Test
    void readsTheVersionFromTheReleaseFile(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"21.0.4\"\n");

        assertEquals(21, Jdks.majorVersion(home));
    }

    @Test
    void aFolderWithoutReleaseFileIsNoJdk(@TempDir Path home) {
        assertEquals(0, Jdks.majorVersion(home));
    }
}
