package com.example;

import org.junit.jupiter.api.Test;

class MappingNothingTest {
    @Test
    void mapsNothing() {
        // killed in the midst of it, the process that writes the trace cannot complete it
        if (Boolean.getBoolean("kill.writer")) {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        }
    }
}
