package io.pmemcheckj.agent;

import io.pmemcheckj.trace.ring.RingConsumer;
import java.io.IOException;
import java.nio.file.Path;

/** Drains the ring to a trace file from within the traced process, where the agent is used without the command line. */
final class LocalConsumer {
    private final Path ring;

    private LocalConsumer(Path ring) {
        this.ring = ring;
    }

    static LocalConsumer start(Path trace) throws AgentException {
        Path ring = Path.of(trace + ".ring");
        try {
            RingConsumer.create(ring).close();
        } catch (IOException e) {
            throw AgentException.usage("option keep-trace: cannot write " + trace + ": " + e);
        }
        return new LocalConsumer(ring);
    }

    Path ring() {
        return ring;
    }
}
