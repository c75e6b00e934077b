package io.pmemcheckj.cli;

import io.pmemcheckj.report.Sources;
import io.pmemcheckj.report.sources.SourceTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the source code of the program is: for all commands that write reports. */
final class SourcesOption {
    @Option(
            names = "--sources",
            paramLabel = "DIR|JAR",
            description = "Source code of the program, which reports quote and link to: folders of packages, roots of"
                    + " projects, jars of sources; repeatable, or with ':' between (default: the working directory).")
    private List<String> places = new ArrayList<>();

    /** @throws CommandException when a place is neither a folder nor a jar */
    Sources open() {
        List<Path> paths = places.isEmpty()
                ? List.of(Path.of(""))
                : places.stream().flatMap(SourcesOption::split).map(Path::of).toList();
        try {
            return SourceTree.of(paths, Path.of(""));
        } catch (IOException e) {
            throw CommandException.usage("--sources: " + e.getMessage());
        }
    }

    /** A list as class paths are, unless there is a file of just this name. */
    private static Stream<String> split(String places) {
        return Files.exists(Path.of(places))
                ? Stream.of(places)
                : Stream.of(places.split(File.pathSeparator)).filter(place -> !place.isEmpty());
    }
}
