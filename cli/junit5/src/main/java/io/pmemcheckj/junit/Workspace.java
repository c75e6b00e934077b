package io.pmemcheckj.junit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder of one exploration: what travels to the other JVMs, the program's files, the trace, the reports. */
final class Workspace {
    /** More than any report in text has, less than a program that prints in a loop. */
    private static final int TEXT_BYTES = 64 << 10;

    private final Path folder;
    private final Path report;
    private boolean kept;

    private Workspace(Path folder, Path report) {
        this.folder = folder;
        this.report = report;
    }

    /** @param report folder for the report, or null for one inside the workspace */
    static Workspace create(Path report) throws IOException {
        Path folder = Files.createTempDirectory("pmemcheck-j-crash").toRealPath();
        Files.createDirectories(folder.resolve("files"));
        return new Workspace(folder, report == null ? folder.resolve("report") : report.toAbsolutePath());
    }

    Path program() {
        return folder.resolve("program.ser");
    }

    Path check() {
        return folder.resolve("check.jar");
    }

    Path files() {
        return folder.resolve("files");
    }

    Path trace() {
        return folder.resolve("run.trace");
    }

    Path runReport() {
        return folder.resolve("run");
    }

    Path runOutput() {
        return folder.resolve("run.txt");
    }

    Path report() {
        return report;
    }

    Path crashOutput() {
        return folder.resolve("crash.txt");
    }

    /** The last of what a command printed. */
    String text(Path output) throws IOException {
        byte[] all = Files.readAllBytes(output);
        int from = Math.max(0, all.length - TEXT_BYTES);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
    }

    /** A state that was refused can be looked at, and checked again. */
    void keep() {
        kept = true;
    }

    void close() {
        if (kept) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            // What stays in the folder for temporary files is no reason to fail a test.
        }
    }

    static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
