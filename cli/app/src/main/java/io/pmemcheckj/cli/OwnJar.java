package io.pmemcheckj.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jar this class came from, which is the agent as well. */
final class OwnJar {
    private OwnJar() {}

    /** @throws CommandException when this class did not come from the one jar */
    static Path path() {
        try {
            Path path = Path.of(OwnJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (URISyntaxException e) {
            // Falls through to the same advice.
        }
        throw CommandException.usage("run needs pmemcheck-j.jar, which is its agent as well; start it with java -jar");
    }

    /**
     * The jar in the form that {@code -javaagent} can take: the JVM ends the file name at the first equals sign, so a
     * path with one needs another name.
     *
     * @param folder where to put a link
     */
    static Path forAgent(Path jar, Path folder) throws IOException {
        if (jar.toString().indexOf('=') < 0) {
            return jar;
        }
        Path link = Files.createTempDirectory(folder, "pmemcheck-j").resolve("agent.jar");
        link.getParent().toFile().deleteOnExit(); // the last one registered is deleted first
        link.toFile().deleteOnExit();
        return Files.createSymbolicLink(link, jar);
    }
}
