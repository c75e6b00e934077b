package io.pmemcheckj.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paths, whatever they hold, as parts of URIs. */
final class UriPath {
    private UriPath() {}

    /** @param path with slashes */
    static String of(String path) {
        return Stream.of(path.split("/", -1)).map(UriPath::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
