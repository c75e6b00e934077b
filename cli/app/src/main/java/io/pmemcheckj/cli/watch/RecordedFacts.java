package io.pmemcheckj.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;

/** An event of a recording. */
record RecordedFacts(RecordedEvent event) implements Facts {
    @Override
    public String type() {
        return event.getEventType().getName().substring(Events.PREFIX.length());
    }

    @Override
    public Instant time() {
        return event.getEndTime();
    }

    @Override
    public Duration duration() {
        return event.getDuration();
    }

    @Override
    public Number number(String field) {
        return value(field) instanceof Number number ? number : null;
    }

    @Override
    public String text(String field) {
        return value(field) instanceof String text ? text : null;
    }

    @Override
    public Optional<Boolean> flag(String field) {
        return value(field) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    @Override
    public Duration span(String field) {
        return value(field) instanceof Number ? event.getDuration(field) : null;
    }

    private Object value(String field) {
        return event.hasField(field) ? event.getValue(field) : null;
    }

    @Override
    public List<String> stack() {
        RecordedStackTrace stack = event.getStackTrace();
        return stack == null
                ? List.of()
                : stack.getFrames().stream()
                        .filter(RecordedFrame::isJavaFrame)
                        .map(RecordedFacts::text)
                        .toList();
    }

    private static String text(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String type = method.getType().getName();
        String source = type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "") + ".java";
        return type + "." + method.getName() + "(" + source
                + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber()) + ")";
    }
}
