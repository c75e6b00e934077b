package io.pmemcheckj.samples;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A check as a command, for {@code pmemcheck-j crash --check 'java -cp pmemcheck-j-samples.jar
 * io.pmemcheckj.samples.CheckCommand CLASS {image}'}: an exception ends it with exit code 1.
 */
public final class CheckCommand {
    private CheckCommand() {}

    public static void main(String[] args) throws Throwable {
        CrashCheck check =
                (CrashCheck) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        check.check(new Folder(Path.of(args[1])));
    }

    private record Folder(Path folder) implements CrashImage {
        @Override
        public List<String> files() {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> folder.relativize(file).toString())
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public ByteBuffer map(String file) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(folder.resolve(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(MapMode.PRIVATE, 0, channel.size());
            }
        }

        @Override
        public List<String> markers() {
            String markers = System.getenv().getOrDefault("PMEMCHECK_J_MARKERS", "");
            return markers.isEmpty() ? List.of() : List.of(markers.split("\n"));
        }
    }
}
