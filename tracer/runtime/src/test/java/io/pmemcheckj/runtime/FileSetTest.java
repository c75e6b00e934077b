package io.pmemcheckj.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class FileSetTest {
    @Test
    void holdsWhatWasAddedAndNothingElse() {
        FileSet set = new FileSet();
        for (int i = 0; i < 10_000; i += 2) {
            set.add(new FileIdentity(i % 3, 7L * i));
            set.add(new FileIdentity(i % 3, 7L * i));
        }
        for (int i = 0; i < 10_000; i++) {
            assertEquals(i % 2 == 0, set.contains(new FileIdentity(i % 3, 7L * i)), "file " + i);
        }
        assertFalse(set.contains(new FileIdentity(1, 0)));
    }
}
