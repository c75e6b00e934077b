package io.pmemcheckj.trace.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.trace.RecordedTrace;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the example of FORMAT.md true and complete. */
class FormatPageTest {
    @Test
    void theExampleHoldsEveryEvent() throws IOException {
        RecordedTrace read = RecordedTrace.exact();

        TextTraceReader.read(new StringReader(example()), read.visitor());

        Set<Object> events = read.events().stream().map(event -> event.get(0)).collect(Collectors.toSet());
        assertEquals(
                Arrays.stream(TraceVisitor.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()),
                events);
    }

    @Test
    void theExampleIsWhatTheWriterWrites() throws IOException {
        StringBuilder written = new StringBuilder();

        TextTraceReader.read(new StringReader(example()), new TextTraceWriter(written));

        List<String> lines =
                example().lines().map(line -> line.replaceFirst(" *#.*", "")).collect(Collectors.toList());
        lines.add(
                lines.indexOf("join-transaction 2 Log.\"runs in the background\"(Log.kt:41) 7"),
                "thread 2 \"thread-2\"");
        assertEquals(String.join("\n", lines), written.toString().strip());
    }

    private static String example() throws IOException {
        String page = Files.readString(Path.of("FORMAT.md"));
        int start = page.indexOf("```trace\n") + "```trace\n".length();
        return page.substring(start, page.indexOf("```", start));
    }
}
