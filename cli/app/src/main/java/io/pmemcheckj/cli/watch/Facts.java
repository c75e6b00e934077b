package io.pmemcheckj.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One event. Fields that the recording does not have, as it is older or newer than this tool, are null or empty. */
interface Facts {
    /** Name of the event without {@value Events#PREFIX}. */
    String type();

    /** When it was over. */
    Instant time();

    Duration duration();

    Number number(String field);

    String text(String field);

    Optional<Boolean> flag(String field);

    /** A field that is a length of time. */
    Duration span(String field);

    /** The stack of the thread, innermost frame first, as Java prints frames; empty where there is none. */
    List<String> stack();
}
