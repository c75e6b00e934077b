package io.pmemcheckj.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TeeVisitorTest {
    @Test
    void passesEveryEventToEveryVisitor() {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.send(1, 2000, sent.visitor());
        RecordedTrace first = RecordedTrace.exact();
        RecordedTrace second = RecordedTrace.exact();

        RandomTrace.send(1, 2000, new TeeVisitor(List.of(first.visitor(), second.visitor())));

        assertEquals(sent.events(), first.events());
        assertEquals(sent.events(), second.events());
    }
}
