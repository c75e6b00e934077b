package io.pmemcheckj.report.sources;

import io.pmemcheckj.report.Sources.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One place with source files. */
interface SourceRoot {
    /** Source files are smaller; what is greater is something else, or nothing for a report. */
    int MOST_BYTES = 2 << 20;

    /**
     * The source file of this name, if it is there and can be read.
     *
     * @param name folder of the package and file name, with slashes
     */
    Optional<SourceFile> find(String name);

    /** The text, whatever its encoding: what is no UTF-8 is replaced, the numbers of lines stay. */
    static Optional<List<String>> read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES
                ? Optional.empty()
                : Optional.of(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    /** A path for a report: relative where it is below the working folder, with slashes. */
    static String display(Path path, Path workingFolder) {
        Path shown = path.startsWith(workingFolder) ? workingFolder.relativize(path) : path;
        return shown.toString().replace('\\', '/');
    }
}
