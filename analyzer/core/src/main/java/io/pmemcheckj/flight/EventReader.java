package io.pmemcheckj.flight;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;

/** Values of recorded events, of any version: a field that is not there is not known. */
final class EventReader {
    private EventReader() {}

    static String name(RecordedEvent event) {
        return event.getEventType().getName();
    }

    /** Microseconds from the instant to the event's start. */
    static long at(RecordedEvent event, Instant begin) {
        return ChronoUnit.MICROS.between(begin, event.getStartTime());
    }

    static long durationUs(RecordedEvent event) {
        return Math.max(0, event.getDuration().toNanos() / 1000);
    }

    /** @return empty where not known */
    static String text(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value instanceof String text ? text : "";
    }

    /** @return null where not known */
    static Long number(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    static long count(RecordedEvent event, String field) {
        Long value = number(event, field);
        return value == null ? 0 : Math.max(0, value);
    }

    /** @return null where not known, which an event says by a negative number */
    static Long known(RecordedEvent event, String field) {
        Long value = number(event, field);
        return value == null || value < 0 ? null : value;
    }

    static boolean flag(RecordedEvent event, String field) {
        return event.hasField(field) && event.getValue(field) instanceof Boolean flag && flag;
    }

    /** @return null where not known */
    static Instant instant(RecordedEvent event, String field) {
        if (!event.hasField(field)) {
            return null;
        }
        Instant instant = event.getInstant(field);
        return instant == null || instant.toEpochMilli() <= 0 ? null : instant;
    }

    /** Name of a class in a field; empty where not known. */
    static String className(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value instanceof RecordedClass type ? type.getName() : "";
    }

    /** @return null where not known */
    static RecordedThread thread(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value instanceof RecordedThread thread ? thread : null;
    }

    /** @return 0 where not known */
    static long threadId(RecordedEvent event) {
        RecordedThread thread = thread(event, "eventThread");
        return thread == null ? 0 : thread.getJavaThreadId();
    }

    /** @return null where not known */
    static String threadName(RecordedThread thread) {
        return thread == null ? null : thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
    }

    static List<RecordedFrame> frames(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        return stack == null ? List.of() : stack.getFrames();
    }

    /** Name of the class of a frame; empty where not known. */
    static String className(RecordedFrame frame) {
        return frame.getMethod() == null || frame.getMethod().getType() == null
                ? ""
                : frame.getMethod().getType().getName();
    }
}
