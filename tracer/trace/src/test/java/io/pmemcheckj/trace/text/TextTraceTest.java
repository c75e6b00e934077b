package io.pmemcheckj.trace.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.RandomTrace;
import io.pmemcheckj.trace.RecordedTrace;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceFormatException;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTraceTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyEventRoundTrips(long seed) throws IOException {
        RecordedTrace sent = RecordedTrace.withSitesResolved();
        RandomTrace.send(seed, 2000, sent.visitor());
        StringBuilder text = new StringBuilder();
        RandomTrace.send(seed, 2000, new TextTraceWriter(text));

        RecordedTrace read = RecordedTrace.withSitesResolved();
        TextTraceReader.read(new StringReader(text.toString()), read.visitor());

        assertEquals(sent.events(), read.events());
    }

    @Test
    void randomTraceHoldsEveryEvent() {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.send(1, 2000, sent.visitor());

        Set<Object> seen = new HashSet<>();
        sent.events().forEach(event -> seen.add(event.get(0)));
        assertEquals(
                Arrays.stream(TraceVisitor.class.getMethods())
                        .map(m -> m.getName())
                        .collect(Collectors.toSet()),
                seen);
    }

    /** The example of FORMAT.md in all its shapes: what users write by hand. */
    @Test
    void writesTheDocumentedLines() {
        StringBuilder text = new StringBuilder();
        TraceVisitor out = new TextTraceWriter(text);
        out.thread(1, "main");
        out.site(1, "Foo", "main", "Foo.java", 10);
        out.site(2, "com.example.Log", "appends a record", null, 0);
        out.map(1, 1, 0x10000, 4096, 1, 2, 0, MapFlags.SYNC | MapFlags.EMULATED, "/tmp/a");
        out.store(1, 1, StoreKind.PLAIN, 0x10000, 8, 1);
        out.store(1, 2, StoreKind.NON_TEMPORAL, 0x10008, 8, 16);
        out.fence(1, 0, false);
        out.fence(1, 1, true);
        out.forceBegin(1, 1, 0x10000, 64);
        out.forceEnd(1, true);
        out.fileForceBegin(1, 1, 1, -1);
        out.beginTransaction(1, 0, TraceVisitor.OWN_TRANSACTION);
        out.addToTransaction(1, 0, 7, 0x10000, 8);
        out.expectOrdered(1, 0, 0x10000, 8, 0x10040, 8);
        out.stack(7, new int[] {1, 0});
        out.sample(1, 7);
        out.gap("line\n\"two\" \ud800");
        out.end();

        assertEquals("""
                thread 1 "main"
                map 1 Foo.main(Foo.java:10) 0x10000 4096 device=1 inode=2 offset=0 flags=sync,emulated path="/tmp/a"
                store 1 Foo.main(Foo.java:10) 0x10000 8
                store 1 com.example.Log."appends a record"(Unknown Source) 0x10008 8 x16 non-temporal
                fence 1 - implicit
                fence 1 Foo.main(Foo.java:10)
                force-begin 1 Foo.main(Foo.java:10) 0x10000 64
                force-end 1 failed
                file-force-begin 1 Foo.main(Foo.java:10) device=1 inode=18446744073709551615
                begin-transaction 1 - own
                add-to-transaction 1 - 7 0x10000 8
                expect-ordered 1 - 0x10000 8 0x10040 8
                stack 7 Foo.main(Foo.java:10);-
                sample 1 7
                gap "line\\n\\"two\\" \\ud800"
                end
                """, text.toString());
    }

    @Test
    void readsCommentsBlankLinesAndDefaults() throws IOException {
        List<List<Object>> events = read("""
                # a comment

                map 1 - 0x10000 4096 flags=sync path="/pm" # another
                \tstore 1 A.b(A.java:1) 0x10000 8 atomic x2#no blank needed
                store 1 A.b(A.java:1) 0xffffffffffffffff 1\r
                stack 3
                file-force-begin 2 A.c(Native Method)
                """);

        assertEquals(
                List.of(
                        List.of("thread", 1, "thread-1"),
                        List.of("map", 1, 0, 0x10000L, 4096L, 0L, 0L, 0L, MapFlags.SYNC, "/pm"),
                        List.of("site", 1, "A", "b", "A.java", 1),
                        List.of("store", 1, 1, StoreKind.ATOMIC, 0x10000L, 8L, 2),
                        List.of("store", 1, 1, StoreKind.PLAIN, -1L, 1L, 1),
                        List.of("stack", 3, List.of()),
                        List.of("thread", 2, "thread-2"),
                        Arrays.asList("site", 2, "A", "c", null, 0),
                        List.of("fileForceBegin", 2, 2, 0L, 0L)),
                events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stroe 1 - 0x10 8           | line 2: unknown event 'stroe'",
                "store                      | line 2: expected a thread number",
                "store one - 0x10 8         | line 2: expected a thread number, not 'one'",
                "store 1 - 10 8             | line 2: expected an address such as 0x10000, not '10'",
                "store 1 - 0x1g 8           | line 2: expected an address such as 0x10000, not '0x1g'",
                "store 1 - 0x10             | line 2: expected a size in bytes",
                "store 1 - 0x10 0           | line 2: the size of a store must be at least 1, not 0",
                "store 1 - 0x10 8 x0        | line 2: the count must be at least 1, not 0",
                "store 1 - 0x10 8 volatile  | line 2: expected x and a count, atomic, non-temporal or external, not 'volatile'",
                "store 1 - 0x10 99999999999999999999 | line 2: expected a size in bytes, not '99999999999999999999'",
                "flush 1 - 0x10 -1          | line 2: a length must be at least 0, not -1",
                "flush 1 - 0x10 8 9         | line 2: nothing more expected from '9' on",
                "flush 1 Foo 0x10 8         | line 2: expected a place in the code, such as Log.append(Log.java:42), or - if unknown",
                "flush 1 Foo.bar 0x10 8     | line 2: expected the source file in parentheses at ' 0x10 8'",
                "flush 1 Foo.bar(Foo.java:x) 0x10 8 | line 2: expected a line number, not ''",
                "flush 1 Foo.bar(Foo.java:9 | line 2: expected a closing parenthesis after the source file",
                "fence 1 - explicit         | line 2: expected 'implicit' or nothing, not 'explicit'",
                "map 1 - 0x10 8 flags=dax   | line 2: unknown flag 'dax'; known are read-only, private, sync, emulated, native, registered, caches-persist, library and none",
                "map 1 - 0x10 8 size=9      | line 2: expected device=, inode=, directory=, offset=, length=, flags= or path=, not 'size='",
                "map 1 - 0x10 8 inode=-9    | line 2: expected a number after inode=, not '-9'",
                "begin-transaction 1 - mine | line 2: expected a transaction number or 'own', not 'mine'",
                "marker 1 - here            | line 2: expected a label in double quotes",
                "marker 1 - \"here          | line 2: a double quote is missing at the end of a label",
                "marker 1 - \"\\x\"         | line 2: a backslash in quotes starts none of JSON's escapes",
                "marker 1 - \"\\u12\"       | line 2: \\u needs four hexadecimal digits",
                "stack 1 A.b(C) D.e(F)      | line 2: expected a semicolon between frames at 'D.e(F)'",
            })
    void namesTheLineAndWhatIsWrong(String line, String message) {
        TraceFormatException e = assertThrows(TraceFormatException.class, () -> read("thread 1 \"main\"\n" + line));

        assertEquals(message, e.getMessage());
    }

    @Test
    void nothingFollowsTheEnd() {
        assertEquals(
                "line 2: nothing can follow 'end'",
                assertThrows(TraceFormatException.class, () -> read("end\nfence 1 -"))
                        .getMessage());
    }

    @Test
    void namesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.trace"), "fence 1 -\nhello world\n");

        RecordedTrace read = RecordedTrace.exact();
        TraceFormatException e =
                assertThrows(TraceFormatException.class, () -> TextTraceReader.read(file, read.visitor()));

        assertEquals(file + ":2: unknown event 'hello'", e.getMessage());
        assertEquals(List.of("fence", 1, 0, true), read.events().get(1));
    }

    @Test
    void refusesOtherEncodings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.trace");
        Files.write(file, "fence 1 -\nmarker 1 - \"größe\"\n".getBytes(StandardCharsets.ISO_8859_1));

        TraceFormatException e = assertThrows(
                TraceFormatException.class,
                () -> TextTraceReader.read(file, RecordedTrace.exact().visitor()));

        assertTrue(e.getMessage().endsWith("is not UTF-8 text"), e.getMessage());
    }

    @Test
    void refusesEndlessLines() {
        String endless = "x".repeat(LineReader.MAX_LENGTH + 100_000);

        assertEquals(
                "line 1: too long to be an event",
                assertThrows(TraceFormatException.class, () -> read(endless)).getMessage());
    }

    @Test
    void longLinesRoundTrip() throws IOException {
        String label = "0123456789".repeat(20_000);

        assertEquals(
                List.of("marker", 1, 0, label),
                read("marker 1 - \"" + label + "\"").get(1));
    }

    @Test
    void reportsOutputThatCannotBeWritten() {
        Appendable full = new java.io.Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThrows(UncheckedIOException.class, () -> new TextTraceWriter(full).end());
    }

    private static List<List<Object>> read(String text) throws IOException {
        RecordedTrace read = RecordedTrace.exact();
        TextTraceReader.read(new StringReader(text), read.visitor());
        return read.events();
    }
}
