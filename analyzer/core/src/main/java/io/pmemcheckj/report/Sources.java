package io.pmemcheckj.report;

import io.pmemcheckj.findings.Location;
import java.util.List;
import java.util.Optional;

/** Where the source code of the traced program is. */
public interface Sources {
    /** No source code at all. */
    Sources NONE = location -> Optional.empty();

    /** The source file of a place, if it is there. */
    Optional<SourceFile> find(Location location);

    /**
     * A source file.
     *
     * @param path relative to the working directory where it is below it, with slashes, for example
     *     {@code src/main/java/com/example/Log.java}; for a file in a jar the jar, {@code !/} and the entry
     * @param inTree whether {@code path} names a file below the working directory
     * @param lines its text
     */
    record SourceFile(String path, boolean inTree, List<String> lines) {}
}
