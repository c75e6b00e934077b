package io.pmemcheckj.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event as tests make it up. */
record Told(String type, Instant time, Duration duration, Map<String, Object> fields, List<String> stack)
        implements Facts {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    /** @param fields names and values in turn */
    static Told of(String type, double second, Object... fields) {
        return of(type, second, Duration.ZERO, List.of(), fields);
    }

    static Told of(String type, double second, Duration duration, List<String> stack, Object... fields) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], fields[i + 1]);
        }
        return new Told(type, START.plusMillis(Math.round(second * 1_000)), duration, map, stack);
    }

    /** The figures of a program that stores 100 times, flushes 10 lines and dirties 2 of them each second. */
    static Told health(int second) {
        return of(
                Events.HEALTH,
                second,
                "stores",
                100L * second,
                "flushes",
                1_234_567L,
                "fences",
                second / 2L,
                "transactions",
                0L,
                "linesFlushed",
                10L * second,
                "linesDirty",
                2L * second,
                "bytesUnpersisted",
                1_000L * second,
                "segments",
                2,
                "findings",
                1,
                "upToDate",
                true,
                "eventsBehind",
                0L,
                "ringOccupancy",
                0.05f,
                "timeWaited",
                Duration.ofMillis(1_500));
    }

    static Told segment(int second, int id, String path, long unpersisted) {
        return of(
                Events.SEGMENT,
                second + 0.001,
                "id",
                id,
                "path",
                path,
                "domain",
                "page-cache",
                "size",
                1L << 20,
                "bytesStored",
                4_096L,
                "bytesUnpersisted",
                unpersisted);
    }

    static Told flush(int millis, String location, long dirty) {
        return of(
                Events.FLUSH,
                1,
                Duration.ofMillis(millis),
                List.of(
                        "java.nio.MappedByteBuffer.force(MappedByteBuffer.java:1)",
                        location,
                        "a.Main.main(Main.java:9)"),
                "location",
                location,
                "kind",
                "force",
                "path",
                "/data/accounts.dat",
                "offset",
                4_096L,
                "size",
                8_192L,
                "linesFlushed",
                dirty < 0 ? -1L : 128L,
                "linesDirty",
                dirty,
                "failed",
                false);
    }

    @Override
    public Number number(String field) {
        return fields.get(field) instanceof Number number ? number : null;
    }

    @Override
    public String text(String field) {
        return fields.get(field) instanceof String text ? text : null;
    }

    @Override
    public Optional<Boolean> flag(String field) {
        return Optional.ofNullable((Boolean) fields.get(field));
    }

    @Override
    public Duration span(String field) {
        return fields.get(field) instanceof Duration span ? span : null;
    }
}
