package io.pmemcheckj.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The source of the one class that {@link Reports} speaks of: 80 lines that say their number. */
final class LogSource {
    static final String PATH = "src/main/java/com/example/store/Log.java";

    private static final List<String> LINES = IntStream.rangeClosed(1, 80)
            .mapToObj(line -> "    line(" + line + ");")
            .toList();

    static final Sources SOURCES = location -> "Log.java".equals(location.file())
            ? Optional.of(new Sources.SourceFile(PATH, true, LINES))
            : Optional.empty();

    private LogSource() {}
}
